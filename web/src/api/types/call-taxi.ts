// Made from the OpenAPI document by `npm run types`; not edited.

export interface paths {
  "/callViews": {
    /** Lists callViews, or follows them. */
    get: operations["getCallViews"];
  };
  "/callViews/{id}": {
    /** One of callViews, or follows it. */
    get: operations["getCallViewsId"];
  };
  "/calls": {
    /** Lists calls, or follows them. */
    get: operations["getCalls"];
    /** Call a taxi for a distance. */
    post: operations["postCalls"];
  };
  "/calls/cancel": {
    /** Cancel a call. */
    post: operations["postCallsCancel"];
  };
  "/calls/{id}": {
    /** One of calls, or follows it. */
    get: operations["getCallsId"];
  };
  "/drives": {
    /** Lists drives, or follows them. */
    get: operations["getDrives"];
  };
  "/drives/end": {
    /** The driver has arrived. */
    post: operations["postDrivesEnd"];
  };
  "/drives/{id}": {
    /** One of drives, or follows it. */
    get: operations["getDrivesId"];
  };
  "/messages": {
    /** Lists messages, or follows them. */
    get: operations["getMessages"];
  };
  "/messages/{id}": {
    /** One of messages, or follows it. */
    get: operations["getMessagesId"];
  };
  "/payments": {
    /** Lists payments, or follows them. */
    get: operations["getPayments"];
  };
  "/payments/{id}": {
    /** One of payments, or follows it. */
    get: operations["getPaymentsId"];
  };
}

export type webhooks = Record<string, never>;

export interface components {
  schemas: {
    /**
     * Call
     * @description A call as it is shown and published.
     */
    Call: {
      _links: {
        call: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      callId: number;
      /** @enum {string} */
      callStatus: "driveRequest" | "driveStart" | "driveComplete" | "requestCancel" | "payFail";
      distance: number;
      /** @description Whole won. */
      fare: number;
      id: number;
      userId: string;
      userName: string;
    };
    CallPage: {
      _embedded: {
        calls: components["schemas"]["Call"][];
      };
      _links: {
        next?: components["schemas"]["Link"];
        prev?: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      page: {
        number: number;
        size: number;
        totalElements: number;
        totalPages: number;
      };
    };
    /** CallView */
    CallView: {
      _links: {
        callView: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      callId: number;
      /** @enum {string} */
      callStatus: "driveRequest" | "driveStart" | "driveComplete" | "requestCancel" | "payFail";
      distance: number;
      driveId: number | null;
      /** @enum {string|null} */
      driveStatus: "start" | "end" | "requestCancel" | null;
      driverName: string | null;
      /** @description Whole won. */
      fare: number;
      history: {
          /** Format: uuid */
          eventId: string;
          eventType: string;
          /** Format: date-time */
          timestamp: string;
        }[];
      id: number;
      /** @enum {string|null} */
      payStatus: "paid" | "refunded" | null;
      taxiNum: string | null;
      userId: string;
      userName: string;
    };
    CallViewPage: {
      _embedded: {
        callViews: components["schemas"]["CallView"][];
      };
      _links: {
        next?: components["schemas"]["Link"];
        prev?: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      page: {
        number: number;
        size: number;
        totalElements: number;
        totalPages: number;
      };
    };
    /**
     * Drive
     * @description A drive as it is shown and published.
     */
    Drive: {
      _links: {
        drive: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      callId: number;
      driveId: number;
      /** @enum {string} */
      driveStatus: "start" | "end" | "requestCancel";
      driverName: string;
      /** @description Whole won. */
      fare: number;
      id: number;
      taxiNum: string;
    };
    DrivePage: {
      _embedded: {
        drives: components["schemas"]["Drive"][];
      };
      _links: {
        next?: components["schemas"]["Link"];
        prev?: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      page: {
        number: number;
        size: number;
        totalElements: number;
        totalPages: number;
      };
    };
    Link: {
      href: string;
    };
    /**
     * Message
     * @description A message as `/messages` shows it, beside its id and its correlation key.
     */
    Message: {
      _links: {
        message: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      callId: number;
      customer: string | null;
      en: string;
      eventType: string;
      id: number;
      ko: string;
      /** Format: date-time */
      timestamp: string;
    };
    MessagePage: {
      _embedded: {
        messages: components["schemas"]["Message"][];
      };
      _links: {
        next?: components["schemas"]["Link"];
        prev?: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      page: {
        number: number;
        size: number;
        totalElements: number;
        totalPages: number;
      };
    };
    /** Payment */
    Payment: {
      _links: {
        payment: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      callId: number;
      /** @description Whole won. */
      fare: number;
      id: number;
      payId: number;
      /** @enum {string} */
      payStatus: "paid" | "refunded";
    };
    PaymentPage: {
      _embedded: {
        payments: components["schemas"]["Payment"][];
      };
      _links: {
        next?: components["schemas"]["Link"];
        prev?: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      page: {
        number: number;
        size: number;
        totalElements: number;
        totalPages: number;
      };
    };
    /** @description Why a request was refused or failed (RFC 9457). */
    Problem: {
      /** @description What happened and what to do, in the language of Accept-Language: en or ko. */
      detail: string;
      /** @description Everything that is wrong, at once. */
      errors?: {
          code: string;
          detail: string;
          field?: string;
          parameter?: string;
        }[];
      /** @description The path that was asked. */
      instance: string;
      /** @description With 503: what is down, too slow or full, by a stable code. New ones may come. */
      reason?: string;
      status: number;
      /** @description What happened. */
      title: string;
      /** @description The cause: stable, and a path on this server that answers with a page for people. */
      type: string;
    };
    /** @description Server-sent events, for who asks with `Accept: text/event-stream`: the rows there are, then each change. `id` is opaque, for Last-Event-ID; `event` is `row`, its `data` the row as JSON, or `deleted`, its `data` the row's `id`. */
    Stream: string;
  };
  responses: never;
  parameters: {
    /** @description The language of problems: en or ko. */
    AcceptLanguage?: string;
    /** @description Opaque: taken from `_links.next`, it continues behind the last row of that page. */
    After?: string;
    /** @description Opaque: taken from `_links.prev`, it ends before the first row of that page. Not together with `after`. */
    Before?: string;
    /** @description Taken over into the events that follow, and given back; without one, it is given. */
    CorrelationId?: string;
    /** @description As it was given when the thing was created. */
    Id: number;
    /** @description Makes it safe to send again: for 24 hours, the same key with the same body gets the first answer again, if that was 2xx; with another body, 422. */
    IdempotencyKey?: string;
    /** @description Versions one of which the row must have, as `ETag` told them; `*` is any. Otherwise 412. */
    IfMatch?: string;
    /** @description A version the client has already, as `ETag` told it; then 304. A tag of a lost life of the store matches nothing. */
    IfNoneMatch?: string;
    /** @description Where a live stream goes on: the last `id` that was heard. From an id of a lost life of the store it starts again with the present rows. */
    LastEventId?: string;
    /** @description From 0. */
    Page?: number;
    /** @description Sent back as a command's answer told it, together with Prefer. */
    Position?: string;
    /** @description `wait=SECONDS`, with Nadul-Position: answer when that has been heard of here, or after so long as it is. */
    Prefer?: string;
    /** @description Rows of a page; above 200 counts as 200. */
    Size?: number;
  };
  requestBodies: never;
  headers: {
    /** @description Taken from the request, or given. */
    CorrelationId: string;
    /** @description The row's version, for If-Match and If-None-Match. */
    ETag: string;
    /** @description Where what was created is read. */
    Location: string;
    /** @description How far this context's log has come: for Nadul-Position with Prefer: wait. */
    Position: string;
    /** @description `wait`, where what was waited for has been heard of. */
    PreferenceApplied: string;
    /** @description Seconds to wait before the next try. */
    RetryAfter: number;
  };
  pathItems: never;
}

export type $defs = Record<string, never>;

export type external = Record<string, never>;

export interface operations {

  /** Lists callViews, or follows them. */
  getCallViews: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "callId" | "callId,asc" | "callId,desc" | "fare" | "fare,asc" | "fare,desc" | "distance" | "distance,asc" | "distance,desc";
        /** @description Only rows with this value. */
        userId?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        callId?: number;
      };
      header?: {
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    responses: {
      /** @description A page of rows, or live: the present rows, then each change. */
      200: {
        headers: {
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["CallViewPage"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description `invalid-query`: Some query parameters can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** One of callViews, or follows it. */
  getCallViewsId: {
    parameters: {
      header?: {
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
      path: {
        id: components["parameters"]["Id"];
      };
    };
    responses: {
      /** @description The row, or live: the row, then each change of it. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["CallView"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description The client has this version already. */
      304: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: never;
      };
      /** @description `unknown-id`: There is nothing with this id. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** Lists calls, or follows them. */
  getCalls: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "callId" | "callId,asc" | "callId,desc" | "fare" | "fare,asc" | "fare,desc" | "distance" | "distance,asc" | "distance,desc";
        /** @description Only rows with this value. */
        userId?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        callId?: number;
      };
      header?: {
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    responses: {
      /** @description A page of rows, or live: the present rows, then each change. */
      200: {
        headers: {
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["CallPage"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description `invalid-query`: Some query parameters can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** Call a taxi for a distance. */
  postCalls: {
    parameters: {
      header?: {
        "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    requestBody: {
      content: {
        /**
         * @example {
         *   "distance": 12.5,
         *   "userId": "kim",
         *   "userName": "Kim"
         * }
         */
        "application/json": {
          distance: number | string;
          userId: string | number;
          userName: string;
        };
      };
    };
    responses: {
      /** @description Done and durable: the new row. */
      201: {
        headers: {
          ETag: components["headers"]["ETag"];
          Location: components["headers"]["Location"];
          "Nadul-Position": components["headers"]["Position"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["Call"];
        };
      };
      /** @description `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `invalid-idempotency-key`: The Idempotency-Key can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-call`: There is no such call. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `body-too-slow`: The body took too long to arrive. */
      408: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `already-called`: This call was placed already. `already-complete`: The drive is complete. `never-paid`: This call failed because its fare was not paid. `fare-too-high`: The fare of this distance is more than can be paid. */
      409: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `body-too-large`: The body is too large. */
      413: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `encoded-body`: The body is compressed or encoded otherwise. */
      415: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `idempotency-key-reused`: This Idempotency-Key was used with another body. */
      422: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** Cancel a call. */
  postCallsCancel: {
    parameters: {
      header?: {
        "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
        "If-Match"?: components["parameters"]["IfMatch"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    requestBody: {
      content: {
        /**
         * @example {
         *   "callId": 1
         * }
         */
        "application/json": {
          callId: number | string;
        };
      };
    };
    responses: {
      /** @description Done and durable, or so already: the row. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Nadul-Position": components["headers"]["Position"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["Call"];
        };
      };
      /** @description `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `invalid-idempotency-key`: The Idempotency-Key can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-call`: There is no such call. `unknown-drive`: There is no such drive. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `body-too-slow`: The body took too long to arrive. */
      408: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `already-called`: This call was placed already. `already-complete`: The drive is complete. `never-paid`: This call failed because its fare was not paid. `fare-too-high`: The fare of this distance is more than can be paid. `drive-off`: This drive is cancelled. `drive-over`: This drive has ended. */
      409: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `stale-version`: The thing has changed since you read it. */
      412: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `body-too-large`: The body is too large. */
      413: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `encoded-body`: The body is compressed or encoded otherwise. */
      415: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `idempotency-key-reused`: This Idempotency-Key was used with another body. */
      422: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stop-in-doubt`: The customer is just cancelling this drive. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** One of calls, or follows it. */
  getCallsId: {
    parameters: {
      header?: {
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
      path: {
        id: components["parameters"]["Id"];
      };
    };
    responses: {
      /** @description The row, or live: the row, then each change of it. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["Call"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description The client has this version already. */
      304: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: never;
      };
      /** @description `unknown-id`: There is nothing with this id. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** Lists drives, or follows them. */
  getDrives: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "driveId" | "driveId,asc" | "driveId,desc" | "callId" | "callId,asc" | "callId,desc" | "fare" | "fare,asc" | "fare,desc";
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        driveId?: number;
        /** @description Only rows with this value. */
        callId?: number;
      };
      header?: {
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    responses: {
      /** @description A page of rows, or live: the present rows, then each change. */
      200: {
        headers: {
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["DrivePage"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description `invalid-query`: Some query parameters can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** The driver has arrived. */
  postDrivesEnd: {
    parameters: {
      header?: {
        "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
        "If-Match"?: components["parameters"]["IfMatch"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    requestBody: {
      content: {
        /**
         * @example {
         *   "driveId": 1
         * }
         */
        "application/json": {
          driveId: number | string;
        };
      };
    };
    responses: {
      /** @description Done and durable, or so already: the row. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Nadul-Position": components["headers"]["Position"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["Drive"];
        };
      };
      /** @description `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `invalid-idempotency-key`: The Idempotency-Key can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-drive`: There is no such drive. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `body-too-slow`: The body took too long to arrive. */
      408: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `drive-over`: This drive has ended. `drive-off`: This drive is cancelled. */
      409: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `stale-version`: The thing has changed since you read it. */
      412: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `body-too-large`: The body is too large. */
      413: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `encoded-body`: The body is compressed or encoded otherwise. */
      415: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `idempotency-key-reused`: This Idempotency-Key was used with another body. */
      422: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stop-in-doubt`: The customer is just cancelling this drive. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** One of drives, or follows it. */
  getDrivesId: {
    parameters: {
      header?: {
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
      path: {
        id: components["parameters"]["Id"];
      };
    };
    responses: {
      /** @description The row, or live: the row, then each change of it. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["Drive"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description The client has this version already. */
      304: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: never;
      };
      /** @description `unknown-id`: There is nothing with this id. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** Lists messages, or follows them. */
  getMessages: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc";
        /** @description Only rows with this value. One of customer, callId is needed. */
        callId?: number;
        /** @description Only rows with this value. One of customer, callId is needed. */
        customer?: string;
        /** @description Only rows with this value. */
        id?: number;
      };
      header?: {
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    responses: {
      /** @description A page of rows, or live: the present rows, then each change. */
      200: {
        headers: {
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["MessagePage"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description `invalid-query`: Some query parameters can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** One of messages, or follows it. */
  getMessagesId: {
    parameters: {
      header?: {
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
      path: {
        id: components["parameters"]["Id"];
      };
    };
    responses: {
      /** @description The row, or live: the row, then each change of it. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["Message"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description The client has this version already. */
      304: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: never;
      };
      /** @description `unknown-id`: There is nothing with this id. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** Lists payments, or follows them. */
  getPayments: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "payId" | "payId,asc" | "payId,desc" | "callId" | "callId,asc" | "callId,desc" | "fare" | "fare,asc" | "fare,desc";
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        payId?: number;
        /** @description Only rows with this value. */
        callId?: number;
      };
      header?: {
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    responses: {
      /** @description A page of rows, or live: the present rows, then each change. */
      200: {
        headers: {
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["PaymentPage"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description `invalid-query`: Some query parameters can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  /** One of payments, or follows it. */
  getPaymentsId: {
    parameters: {
      header?: {
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
        Prefer?: components["parameters"]["Prefer"];
        "Nadul-Position"?: components["parameters"]["Position"];
        "Last-Event-ID"?: components["parameters"]["LastEventId"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
      path: {
        id: components["parameters"]["Id"];
      };
    };
    responses: {
      /** @description The row, or live: the row, then each change of it. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["Payment"];
          "text/event-stream": components["schemas"]["Stream"];
        };
      };
      /** @description The client has this version already. */
      304: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Preference-Applied": components["headers"]["PreferenceApplied"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: never;
      };
      /** @description `unknown-id`: There is nothing with this id. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. */
      503: {
        headers: {
          "Retry-After": components["headers"]["RetryAfter"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
}
