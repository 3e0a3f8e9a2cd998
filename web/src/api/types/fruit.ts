// Made from the OpenAPI document by `npm run types`; not edited.

export interface paths {
  "/deliveries": {
    /** Lists deliveries, or follows them. */
    get: operations["getDeliveries"];
  };
  "/deliveries/{id}": {
    /** One of deliveries, or follows it. */
    get: operations["getDeliveriesId"];
    /** The courier has delivered it. */
    patch: operations["patchDeliveriesId"];
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
  "/orders": {
    /** Lists orders, or follows them. */
    get: operations["getOrders"];
    /** Order fruit. */
    post: operations["postOrders"];
  };
  "/orders/{id}": {
    /** One of orders, or follows it. */
    get: operations["getOrdersId"];
    /** Cancel an order that is not delivered yet. */
    delete: operations["deleteOrdersId"];
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
     * Delivery
     * @description A delivery as it is shown and published.
     */
    Delivery: {
      _links: {
        delivery: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      address: string;
      deliveryId: number;
      /** @enum {string} */
      deliveryStatus: "배송시작" | "배송완료" | "배송취소";
      id: number;
      orderId: number;
      prodNm: string;
      /** Format: uint64 */
      qty: number;
      userId: string;
    };
    DeliveryPage: {
      _embedded: {
        deliveries: components["schemas"]["Delivery"][];
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
      orderId: number;
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
      deliveryId: number | null;
      /** @enum {string|null} */
      deliveryStatus: "배송시작" | "배송완료" | "배송취소" | null;
      history: {
          /** Format: uuid */
          eventId: string;
          eventType: string;
          /** Format: date-time */
          timestamp: string;
        }[];
      id: number;
      orderId: number;
      /** @enum {string} */
      orderStatus: "주문신청" | "주문취소";
      payId: number | null;
      /** @enum {string|null} */
      payStatus: "결제승인" | "결제취소" | null;
      /** @description Whole won. */
      price: number;
      prodNm: string;
      /** Format: uint64 */
      qty: number;
      userId: string;
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
    /**
     * Order
     * @description An order as it is shown and published.
     */
    Order: {
      _links: {
        order: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      address: string;
      id: number;
      orderId: number;
      /** @enum {string} */
      orderStatus: "주문신청" | "주문취소";
      /** @description Of the whole order. */
      price: number;
      prodNm: string;
      /** Format: uint64 */
      qty: number;
      userId: string;
    };
    OrderPage: {
      _embedded: {
        orders: components["schemas"]["Order"][];
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
      id: number;
      orderId: number;
      payId: number;
      /** @enum {string} */
      payStatus: "결제승인" | "결제취소";
      /** @description Whole won. */
      price: number;
      userId: string;
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

  /** Lists deliveries, or follows them. */
  getDeliveries: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "deliveryId" | "deliveryId,asc" | "deliveryId,desc" | "orderId" | "orderId,asc" | "orderId,desc";
        /** @description Only rows with this value. */
        userId?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        deliveryId?: number;
        /** @description Only rows with this value. */
        orderId?: number;
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
          "application/hal+json": components["schemas"]["DeliveryPage"];
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
  /** One of deliveries, or follows it. */
  getDeliveriesId: {
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
          "application/hal+json": components["schemas"]["Delivery"];
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
  /** The courier has delivered it. */
  patchDeliveriesId: {
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
         *   "deliveryStatus": "배송완료"
         * }
         */
        "application/json": {
          deliveryStatus: string;
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
          "application/hal+json": components["schemas"]["Delivery"];
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
      /** @description `unknown-delivery`: There is no such delivery. `unknown-id`: There is nothing with this id. */
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
      /** @description `already-delivered`: This order is delivered. `delivery-off`: This delivery is cancelled. `status-not-yours`: A client may only set the deliveryStatus 배송완료. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stop-in-doubt`: The customer is just cancelling this delivery. */
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
        /** @description Only rows with this value. One of customer, orderId is needed. */
        orderId?: number;
        /** @description Only rows with this value. One of customer, orderId is needed. */
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
        sort?: "id" | "id,asc" | "id,desc" | "orderId" | "orderId,asc" | "orderId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        userId?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        orderId?: number;
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
  /** Lists orders, or follows them. */
  getOrders: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "orderId" | "orderId,asc" | "orderId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        userId?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        orderId?: number;
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
          "application/hal+json": components["schemas"]["OrderPage"];
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
  /** Order fruit. */
  postOrders: {
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
         *   "address": "12 Market Street",
         *   "price": 9000,
         *   "prodNm": "apples",
         *   "qty": 2,
         *   "userId": "kim"
         * }
         */
        "application/json": {
          address: string;
          /** @description Whole won. */
          price: number | string;
          prodNm: string;
          qty: number | string;
          userId: string | number;
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
          "application/hal+json": components["schemas"]["Order"];
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
      /** @description `unknown-order`: There is no such order. */
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
      /** @description `already-placed`: This order was placed already. `already-held`: There is a payment for this request already. `already-taken`: This payment was taken and can't be voided any more. `nothing-held`: No money is held for this request. */
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
  /** One of orders, or follows it. */
  getOrdersId: {
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
          "application/hal+json": components["schemas"]["Order"];
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
  /** Cancel an order that is not delivered yet. */
  deleteOrdersId: {
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
      /** @description `unknown-order`: There is no such order. `unknown-id`: There is nothing with this id. `unknown-delivery`: There is no such delivery. */
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
      /** @description `already-placed`: This order was placed already. `already-delivered`: This order is delivered. `delivery-off`: This delivery is cancelled. `status-not-yours`: A client may only set the deliveryStatus 배송완료. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stop-in-doubt`: The customer is just cancelling this delivery. */
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
        sort?: "id" | "id,asc" | "id,desc" | "payId" | "payId,asc" | "payId,desc" | "orderId" | "orderId,asc" | "orderId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        userId?: string;
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        payId?: number;
        /** @description Only rows with this value. */
        orderId?: number;
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
