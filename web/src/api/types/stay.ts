// Made from the OpenAPI document by `npm run types`; not edited.

export interface paths {
  "/check/chkAndReqReserve": {
    /** Can this room be booked now? */
    get: operations["getCheckChkAndReqReserve"];
  };
  "/chkcar/chkStatus": {
    /** Can this car be booked now? */
    get: operations["getChkcarChkStatus"];
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
  "/rentcars": {
    /** Lists rentcars, or follows them. */
    get: operations["getRentcars"];
    /** Register a car. */
    post: operations["postRentcars"];
  };
  "/rentcars/{id}": {
    /** One of rentcars, or follows it. */
    get: operations["getRentcarsId"];
    /** Take a car off the market. */
    delete: operations["deleteRentcarsId"];
    /** Change what a car is or costs. */
    patch: operations["patchRentcarsId"];
  };
  "/reservations": {
    /** Lists reservations, or follows them. */
    get: operations["getReservations"];
    /** Book a room, and a car with it. */
    post: operations["postReservations"];
  };
  "/reservations/{id}": {
    /** One of reservations, or follows it. */
    get: operations["getReservationsId"];
    /** Cancel a reservation. */
    patch: operations["patchReservationsId"];
  };
  "/reviews": {
    /** Lists reviews, or follows them. */
    get: operations["getReviews"];
    /** Write a review of a room. */
    post: operations["postReviews"];
  };
  "/reviews/{id}": {
    /** One of reviews, or follows it. */
    get: operations["getReviewsId"];
    /** Delete a review. */
    delete: operations["deleteReviewsId"];
    /** Change a review. */
    patch: operations["patchReviewsId"];
  };
  "/rooms": {
    /** Lists rooms, or follows them. */
    get: operations["getRooms"];
    /** Register a room. */
    post: operations["postRooms"];
  };
  "/rooms/{id}": {
    /** One of rooms, or follows it. */
    get: operations["getRoomsId"];
    /** Take a room off the market. */
    delete: operations["deleteRoomsId"];
    /** Change what a room is or costs. */
    patch: operations["patchRoomsId"];
  };
  "/roomviews": {
    /** Lists roomviews, or follows them. */
    get: operations["getRoomviews"];
  };
  "/roomviews/{id}": {
    /** One of roomviews, or follows it. */
    get: operations["getRoomviewsId"];
  };
}

export type webhooks = Record<string, never>;

export interface components {
  schemas: {
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
      rsvId: number;
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
    /**
     * Payment
     * @description A payment as it is shown and published.
     */
    Payment: {
      _links: {
        payment: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      /** @description Whole won. */
      amount: number;
      carId: number | null;
      id: number;
      payId: number;
      roomId: number;
      rsvId: number;
      /** @enum {string} */
      status: "paid" | "cancelled";
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
    /**
     * Rentcar
     * @description A room or a car as it is shown and published.
     */
    Rentcar: {
      _links: {
        rentcar: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      carId: number;
      carName: string;
      id: number;
      /** @enum {string} */
      lastAction: "register" | "modify" | "review" | "reserved" | "cancelled" | "delete";
      /** @description Whole won. */
      price: number;
      /** @description Whose guest drives it; none while it is free. */
      roomId: number | null;
      rsvId: number | null;
      /** @enum {string} */
      status: "available" | "reserved";
    };
    RentcarPage: {
      _embedded: {
        rentcars: components["schemas"]["Rentcar"][];
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
     * Reservation
     * @description A reservation as it is shown and published.
     */
    Reservation: {
      _links: {
        reservation: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      /** @description Whole won. */
      amount: number;
      carId: number | null;
      customer: string | null;
      id: number;
      payId: number;
      roomId: number;
      rsvId: number;
      /** @enum {string} */
      status: "reqReserve" | "reserved" | "reqCancel" | "cancelled";
    };
    ReservationPage: {
      _embedded: {
        reservations: components["schemas"]["Reservation"][];
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
    /** Review */
    Review: {
      _links: {
        review: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      content: string;
      id: number;
      reviewId: number;
      roomId: number;
    };
    ReviewPage: {
      _embedded: {
        reviews: components["schemas"]["Review"][];
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
     * Room
     * @description A room or a car as it is shown and published.
     */
    Room: {
      _links: {
        room: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      desc: string;
      id: number;
      /** @enum {string} */
      lastAction: "register" | "modify" | "review" | "reserved" | "cancelled" | "delete";
      /** @description Whole won. */
      price: number;
      /** Format: uint64 */
      reviewCnt: number;
      roomId: number;
      rsvId: number | null;
      /** @enum {string} */
      status: "available" | "reserved";
    };
    RoomPage: {
      _embedded: {
        rooms: components["schemas"]["Room"][];
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
    /** Roomview */
    Roomview: {
      _links: {
        roomview: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      carId: number | null;
      carName: string | null;
      /** @enum {string|null} */
      carStatus: "available" | "reserved" | null;
      desc: string;
      history: {
          /** Format: uuid */
          eventId: string;
          eventType: string;
          /** Format: date-time */
          timestamp: string;
        }[];
      id: number;
      payId: number | null;
      /** @enum {string|null} */
      payStatus: "paid" | "cancelled" | null;
      /** @description Whole won. */
      price: number;
      /** Format: uint64 */
      reviewCnt: number;
      roomId: number;
      /** @enum {string} */
      roomStatus: "available" | "reserved";
      rsvId: number | null;
      /** @enum {string|null} */
      rsvStatus: "reqReserve" | "reserved" | "reqCancel" | "cancelled" | null;
    };
    RoomviewPage: {
      _embedded: {
        roomviews: components["schemas"]["Roomview"][];
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

  /** Can this room be booked now? */
  getCheckChkAndReqReserve: {
    parameters: {
      query: {
        roomId: number;
      };
      header?: {
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          "Nadul-Position": components["headers"]["Position"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/json": unknown;
        };
      };
      /** @description `nothing-to-change`: There is nothing to change in this request. `invalid-query`: Some query parameters can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. */
      409: {
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
  /** Can this car be booked now? */
  getChkcarChkStatus: {
    parameters: {
      query: {
        carId: number;
      };
      header?: {
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        "X-Correlation-Id"?: components["parameters"]["CorrelationId"];
      };
    };
    responses: {
      /** @description What was asked for. */
      200: {
        headers: {
          "Nadul-Position": components["headers"]["Position"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/json": unknown;
        };
      };
      /** @description `nothing-to-change`: There is nothing to change in this request. `invalid-query`: Some query parameters can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. */
      404: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. */
      409: {
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
        /** @description Only rows with this value. One of customer, rsvId is needed. */
        rsvId?: number;
        /** @description Only rows with this value. One of customer, rsvId is needed. */
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
        sort?: "id" | "id,asc" | "id,desc" | "payId" | "payId,asc" | "payId,desc" | "rsvId" | "rsvId,asc" | "rsvId,desc" | "amount" | "amount,asc" | "amount,desc";
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        payId?: number;
        /** @description Only rows with this value. */
        rsvId?: number;
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
  /** Lists rentcars, or follows them. */
  getRentcars: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "carId" | "carId,asc" | "carId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        rsvId?: number;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        carId?: number;
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
          "application/hal+json": components["schemas"]["RentcarPage"];
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
  /** Register a car. */
  postRentcars: {
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
         *   "carName": "K5",
         *   "price": 40000
         * }
         */
        "application/json": {
          carName: string;
          /** @description Whole won. */
          price?: number | string | null;
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
          "application/hal+json": components["schemas"]["Rentcar"];
        };
      };
      /** @description `nothing-to-change`: There is nothing to change in this request. `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `invalid-idempotency-key`: The Idempotency-Key can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. */
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
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. */
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
  /** One of rentcars, or follows it. */
  getRentcarsId: {
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
          "application/hal+json": components["schemas"]["Rentcar"];
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
  /** Take a car off the market. */
  deleteRentcarsId: {
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
      /** @description `nothing-to-change`: There is nothing to change in this request. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. `unknown-id`: There is nothing with this id. */
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
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. */
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
  /** Change what a car is or costs. */
  patchRentcarsId: {
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
         *   "price": 45000
         * }
         */
        "application/json": ({
          carName?: string | null;
          /** @description Whole won. */
          price?: number | string | null;
        }) & ({
          carName: string;
        } | ({
          /** @description Whole won. */
          price: number | string;
        }));
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
          "application/hal+json": components["schemas"]["Rentcar"];
        };
      };
      /** @description `nothing-to-change`: There is nothing to change in this request. `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. `unknown-id`: There is nothing with this id. */
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
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. */
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
  /** Lists reservations, or follows them. */
  getReservations: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "rsvId" | "rsvId,asc" | "rsvId,desc" | "amount" | "amount,asc" | "amount,desc";
        /** @description Only rows with this value. */
        customer?: string;
        /** @description Only rows with this value. */
        roomId?: number;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        rsvId?: number;
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
          "application/hal+json": components["schemas"]["ReservationPage"];
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
  /** Book a room, and a car with it. */
  postReservations: {
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
         *   "carId": 1,
         *   "customer": "kim",
         *   "roomId": 1
         * }
         */
        "application/json": {
          carId?: number | string | null;
          customer?: string | number | null;
          roomId: number | string;
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
          "application/hal+json": components["schemas"]["Reservation"];
        };
      };
      /** @description `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `invalid-idempotency-key`: The Idempotency-Key can't be taken. `nothing-to-change`: There is nothing to change in this request. */
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
      /** @description `unknown-reservation`: There is no such reservation. `unknown-car`: There is no such car. `unknown-review`: There is no such review. `unknown-room`: There is no such room. */
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
      /** @description `already-created`: This reservation was made already. `too-expensive`: Room and car together cost more than can be paid at once. `status-not-yours`: A client may only set the status reqCancel. `already-registered`: This id is registered already. `already-written`: This review was written already. `car-not-available`: This car is held or reserved. `room-not-available`: This room is held or reserved. `already-held`: There is a payment for this request already. `already-taken`: This payment was taken and can't be voided any more. `nothing-held`: No money is held for this request. */
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
  /** One of reservations, or follows it. */
  getReservationsId: {
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
          "application/hal+json": components["schemas"]["Reservation"];
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
  /** Cancel a reservation. */
  patchReservationsId: {
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
         *   "status": "reqCancel"
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
          "application/hal+json": components["schemas"]["Reservation"];
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
      /** @description `unknown-reservation`: There is no such reservation. `unknown-id`: There is nothing with this id. */
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
      /** @description `already-created`: This reservation was made already. `too-expensive`: Room and car together cost more than can be paid at once. `status-not-yours`: A client may only set the status reqCancel. */
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
  /** Lists reviews, or follows them. */
  getReviews: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "reviewId" | "reviewId,asc" | "reviewId,desc";
        /** @description Only rows with this value. */
        roomId?: number;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        reviewId?: number;
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
          "application/hal+json": components["schemas"]["ReviewPage"];
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
  /** Write a review of a room. */
  postReviews: {
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
         *   "content": "Quiet, and close to the sea",
         *   "roomId": 1
         * }
         */
        "application/json": {
          content: string;
          roomId: number | string;
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
          "application/hal+json": components["schemas"]["Review"];
        };
      };
      /** @description `nothing-to-change`: There is nothing to change in this request. `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `invalid-idempotency-key`: The Idempotency-Key can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. `unknown-review`: There is no such review. */
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
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. `already-written`: This review was written already. */
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
  /** One of reviews, or follows it. */
  getReviewsId: {
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
          "application/hal+json": components["schemas"]["Review"];
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
  /** Delete a review. */
  deleteReviewsId: {
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
      /** @description `nothing-to-change`: There is nothing to change in this request. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-review`: There is no such review. `unknown-id`: There is nothing with this id. `unknown-room`: There is no such room. `unknown-car`: There is no such car. */
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
      /** @description `already-written`: This review was written already. `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. */
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
  /** Change a review. */
  patchReviewsId: {
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
         *   "content": "Quiet, but far from the sea"
         * }
         */
        "application/json": {
          content: string;
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
          "application/hal+json": components["schemas"]["Review"];
        };
      };
      /** @description `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `nothing-to-change`: There is nothing to change in this request. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-review`: There is no such review. `unknown-id`: There is nothing with this id. `unknown-room`: There is no such room. `unknown-car`: There is no such car. */
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
      /** @description `already-written`: This review was written already. `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. */
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
  /** Lists rooms, or follows them. */
  getRooms: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "roomId" | "roomId,asc" | "roomId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        rsvId?: number;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        roomId?: number;
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
          "application/hal+json": components["schemas"]["RoomPage"];
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
  /** Register a room. */
  postRooms: {
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
         *   "desc": "A room with a view",
         *   "price": 90000
         * }
         */
        "application/json": {
          desc: string;
          /** @description Whole won. */
          price?: number | string | null;
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
          "application/hal+json": components["schemas"]["Room"];
        };
      };
      /** @description `nothing-to-change`: There is nothing to change in this request. `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. `invalid-idempotency-key`: The Idempotency-Key can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. `unknown-review`: There is no such review. */
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
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. `already-written`: This review was written already. */
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
  /** One of rooms, or follows it. */
  getRoomsId: {
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
          "application/hal+json": components["schemas"]["Room"];
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
  /** Take a room off the market. */
  deleteRoomsId: {
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
      /** @description `nothing-to-change`: There is nothing to change in this request. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. `unknown-id`: There is nothing with this id. `unknown-review`: There is no such review. */
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
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. `already-written`: This review was written already. */
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
  /** Change what a room is or costs. */
  patchRoomsId: {
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
         *   "price": 80000
         * }
         */
        "application/json": ({
          desc?: string | null;
          /** @description Whole won. */
          price?: number | string | null;
        }) & ({
          desc: string;
        } | ({
          /** @description Whole won. */
          price: number | string;
        }));
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
          "application/hal+json": components["schemas"]["Room"];
        };
      };
      /** @description `nothing-to-change`: There is nothing to change in this request. `malformed-json`: The body is not a JSON object. `invalid-fields`: Some fields are missing or can't be taken. */
      400: {
        headers: {
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unknown-room`: There is no such room. `unknown-car`: There is no such car. `unknown-id`: There is nothing with this id. `unknown-review`: There is no such review. */
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
      /** @description `room-not-available`: This room is held or reserved. `car-not-available`: This car is held or reserved. `already-registered`: This id is registered already. `already-written`: This review was written already. */
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
  /** Lists roomviews, or follows them. */
  getRoomviews: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "roomId" | "roomId,asc" | "roomId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        rsvId?: number;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        roomId?: number;
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
          "application/hal+json": components["schemas"]["RoomviewPage"];
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
  /** One of roomviews, or follows it. */
  getRoomviewsId: {
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
          "application/hal+json": components["schemas"]["Roomview"];
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
