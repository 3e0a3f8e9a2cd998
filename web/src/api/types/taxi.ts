// Made from the OpenAPI document by `npm run types`; not edited.

export interface paths {
  "/catchReqLists": {
    /** Lists catchReqLists, or follows them. */
    get: operations["getCatchReqLists"];
  };
  "/catchReqLists/{id}": {
    /** One of catchReqLists, or follows it. */
    get: operations["getCatchReqListsId"];
  };
  "/catches": {
    /** Lists catches, or follows them. */
    get: operations["getCatches"];
    /** Hail a taxi at your own price. */
    post: operations["postCatches"];
  };
  "/catches/{id}": {
    /** One of catches, or follows it. */
    get: operations["getCatchesId"];
    /** Cancel a request. */
    patch: operations["patchCatchesId"];
  };
  "/messages": {
    /** Lists messages, or follows them. */
    get: operations["getMessages"];
  };
  "/messages/{id}": {
    /** One of messages, or follows it. */
    get: operations["getMessagesId"];
  };
  "/myPages": {
    /** Lists myPages, or follows them. */
    get: operations["getMyPages"];
  };
  "/myPages/{id}": {
    /** One of myPages, or follows it. */
    get: operations["getMyPagesId"];
  };
  "/payments": {
    /** Lists payments, or follows them. */
    get: operations["getPayments"];
  };
  "/payments/{id}": {
    /** One of payments, or follows it. */
    get: operations["getPaymentsId"];
  };
  "/pickUps": {
    /** Lists pickUps, or follows them. */
    get: operations["getPickUps"];
    /** Pick a request from the drivers' list. */
    post: operations["postPickUps"];
  };
  "/pickUps/{id}": {
    /** One of pickUps, or follows it. */
    get: operations["getPickUpsId"];
    /** Give a match back; the request is open again. */
    delete: operations["deletePickUpsId"];
  };
}

export type webhooks = Record<string, never>;

export interface components {
  schemas: {
    /** Catch */
    Catch: {
      _links: {
        catch: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      customer: string;
      destination: string;
      id: number;
      matchId: number;
      /** @description Whole won. */
      price: number;
      startingPoint: string;
      /** @enum {string} */
      status: "approve" | "PickupAssigned" | "Cancel";
    };
    CatchPage: {
      _embedded: {
        catches: components["schemas"]["Catch"][];
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
     * CatchReqList
     * @description A request a driver may pick.
     */
    CatchReqList: {
      _links: {
        catchReqList: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      destination: string;
      id: number;
      /** @description Whole won. */
      price: number;
      startingPoint: string;
    };
    CatchReqListPage: {
      _embedded: {
        catchReqLists: components["schemas"]["CatchReqList"][];
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
      customer: string | null;
      en: string;
      eventType: string;
      id: number;
      ko: string;
      matchId: number;
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
    /** MyPage */
    MyPage: {
      _links: {
        myPage: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      customer: string;
      destination: string;
      driver: string | null;
      history: {
          /** Format: uuid */
          eventId: string;
          eventType: string;
          /** Format: date-time */
          timestamp: string;
        }[];
      id: number;
      matchId: number;
      /** @enum {string} */
      paymentStatus: "PaymentApproved" | "PaymentCancelled";
      /** @description Whole won. */
      price: number;
      startingPoint: string;
      /** @enum {string} */
      status: "PaymentApproved" | "PickupAssigned" | "CatchCancelled";
    };
    MyPagePage: {
      _embedded: {
        myPages: components["schemas"]["MyPage"][];
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
      customer: string;
      destination: string;
      id: number;
      matchId: number;
      /** @enum {string} */
      paymentAction: "Approved" | "Cancel";
      /** @description Whole won. */
      price: number;
      startingPoint: string;
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
    /**
     * PickUp
     * @description A match of a request and a driver.
     */
    PickUp: {
      _links: {
        pickUp: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      customer: string;
      destination: string;
      driver: string;
      id: number;
      matchId: number;
      /** @description Whole won. */
      price: number;
      startingPoint: string;
    };
    PickUpPage: {
      _embedded: {
        pickUps: components["schemas"]["PickUp"][];
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

  /** Lists catchReqLists, or follows them. */
  getCatchReqLists: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "matchId" | "matchId,asc" | "matchId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        matchId?: number;
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
          "application/hal+json": components["schemas"]["CatchReqListPage"];
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
  /** One of catchReqLists, or follows it. */
  getCatchReqListsId: {
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
          "application/hal+json": components["schemas"]["CatchReqList"];
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
  /** Lists catches, or follows them. */
  getCatches: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "matchId" | "matchId,asc" | "matchId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        customer?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        matchId?: number;
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
          "application/hal+json": components["schemas"]["CatchPage"];
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
  /** Hail a taxi at your own price. */
  postCatches: {
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
         *   "customer": "kim",
         *   "destination": "City Hall",
         *   "price": 12000,
         *   "startingPoint": "Seoul Station"
         * }
         */
        "application/json": {
          customer: string | number;
          destination: string;
          /** @description Whole won. */
          price: number | string;
          startingPoint: string;
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
          "application/hal+json": components["schemas"]["Catch"];
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
      /** @description `payment-declined`: The payment was declined. */
      402: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-catch`: There is no such catch. */
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
      /** @description `already-requested`: This catch was requested already. `status-not-yours`: A client may only set the status Cancel. `already-held`: There is a payment for this request already. `already-taken`: This payment was taken and can't be voided any more. `nothing-held`: No money is held for this request. */
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
  /** One of catches, or follows it. */
  getCatchesId: {
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
          "application/hal+json": components["schemas"]["Catch"];
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
  /** Cancel a request. */
  patchCatchesId: {
    parameters: {
      header?: {
        "If-Match"?: components["parameters"]["IfMatch"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
      path: {
        id: components["parameters"]["Id"];
      };
    };
    requestBody: {
      content: {
        /**
         * @example {
         *   "status": "Cancel"
         * }
         */
        "application/json": {
          status: string;
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
          "application/hal+json": components["schemas"]["Catch"];
        };
      };
      /** @description `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-catch`: There is no such catch. `unknown-id`: There is nothing with this id. */
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
      /** @description `already-requested`: This catch was requested already. `status-not-yours`: A client may only set the status Cancel. */
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
        /** @description Only rows with this value. One of customer, matchId is needed. */
        matchId?: number;
        /** @description Only rows with this value. One of customer, matchId is needed. */
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
  /** Lists myPages, or follows them. */
  getMyPages: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "matchId" | "matchId,asc" | "matchId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        customer?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        matchId?: number;
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
          "application/hal+json": components["schemas"]["MyPagePage"];
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
  /** One of myPages, or follows it. */
  getMyPagesId: {
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
          "application/hal+json": components["schemas"]["MyPage"];
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
        sort?: "id" | "id,asc" | "id,desc" | "matchId" | "matchId,asc" | "matchId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        customer?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        matchId?: number;
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
  /** Lists pickUps, or follows them. */
  getPickUps: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "matchId" | "matchId,asc" | "matchId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        customer?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        matchId?: number;
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
          "application/hal+json": components["schemas"]["PickUpPage"];
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
  /** Pick a request from the drivers' list. */
  postPickUps: {
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
         *   "driver": "lee",
         *   "matchId": 1
         * }
         */
        "application/json": {
          driver: string | number;
          matchId: number | string;
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
          "application/hal+json": components["schemas"]["PickUp"];
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
      /** @description `unknown-request`: There is no such request on the drivers' list. `no-match`: There is no match to give back. */
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
      /** @description `not-open`: This request is not open any more. */
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
  /** One of pickUps, or follows it. */
  getPickUpsId: {
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
          "application/hal+json": components["schemas"]["PickUp"];
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
  /** Give a match back; the request is open again. */
  deletePickUpsId: {
    parameters: {
      header?: {
        "If-Match"?: components["parameters"]["IfMatch"];
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
      path: {
        id: components["parameters"]["Id"];
      };
    };
    responses: {
      /** @description Done and durable. */
      204: {
        headers: {
          "Nadul-Position": components["headers"]["Position"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: never;
      };
      /** @description `unknown-request`: There is no such request on the drivers' list. `no-match`: There is no match to give back. `unknown-id`: There is nothing with this id. */
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
      /** @description `not-open`: This request is not open any more. */
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
