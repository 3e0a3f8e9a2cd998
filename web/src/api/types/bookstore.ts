// Made from the OpenAPI document by `npm run types`; not edited.

/** WithRequired type helpers */
type WithRequired<T, K extends keyof T> = T & { [P in K]-?: T[P] };

export interface paths {
  "/books": {
    /** Lists books, or follows them. */
    get: operations["getBooks"];
    /** Put a book on sale. */
    post: operations["postBooks"];
  };
  "/books/{id}": {
    /** One of books, or follows it. */
    get: operations["getBooksId"];
    /** Take a book off sale. */
    delete: operations["deleteBooksId"];
    /** Change a book, or what is on its shelf. */
    patch: operations["patchBooksId"];
  };
  "/deliveries": {
    /** Lists deliveries, or follows them. */
    get: operations["getDeliveries"];
  };
  "/deliveries/{id}": {
    /** One of deliveries, or follows it. */
    get: operations["getDeliveriesId"];
    /** The courier has delivered. */
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
  "/orderStatuses": {
    /** Lists orderStatuses, or follows them. */
    get: operations["getOrderStatuses"];
  };
  "/orderStatuses/{id}": {
    /** One of orderStatuses, or follows it. */
    get: operations["getOrderStatusesId"];
  };
  "/orders": {
    /** Lists orders, or follows them. */
    get: operations["getOrders"];
    /** Buy copies of a book. */
    post: operations["postOrders"];
  };
  "/orders/{id}": {
    /** One of orders, or follows it. */
    get: operations["getOrdersId"];
    /** Cancel an order. */
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
  "/storeOrders": {
    /** Lists storeOrders, or follows them. */
    get: operations["getStoreOrders"];
  };
  "/storeOrders/{id}": {
    /** One of storeOrders, or follows it. */
    get: operations["getStoreOrdersId"];
  };
  "/storeOrders/{id}/accept": {
    /** Accept a paid order. */
    put: operations["putStoreOrdersIdAccept"];
  };
  "/storeOrders/{id}/reject": {
    /** Reject a paid order. */
    put: operations["putStoreOrdersIdReject"];
  };
  "/topBooks": {
    /** Lists topBooks, or follows them. */
    get: operations["getTopBooks"];
  };
  "/topBooks/{id}": {
    /** One of topBooks, or follows it. */
    get: operations["getTopBooksId"];
  };
}

export type webhooks = Record<string, never>;

export interface components {
  schemas: {
    /**
     * Book
     * @description A book as the shop owner describes it; without `stock` there is no limit.
     */
    Book: {
      _links: {
        book: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      id: number;
      name: string;
      /** @description Whole won. */
      price: number;
      productId: number;
      /** Format: uint64 */
      stock: number | null;
    };
    BookPage: {
      _embedded: {
        books: components["schemas"]["Book"][];
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
     * Delivery
     * @description A delivery as it is shown and published.
     */
    Delivery: {
      _links: {
        delivery: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      customerId: string | null;
      deliveryAddress: string | null;
      deliveryId: number;
      /** @enum {string} */
      deliveryState: "DeliveryStarted" | "Delivered" | "DeliveryCancelled";
      id: number;
      orderId: number;
      productId: number;
      productName: string;
      /** Format: uint64 */
      qty: number;
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
    /**
     * Order
     * @description What was bought, at the price and by the name it had at that moment.
     */
    Order: {
      _links: {
        order: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      /** @description Whole won. */
      amount: number;
      customerAddr: string | null;
      customerId: string | null;
      customerName: string | null;
      id: number;
      orderId: number;
      productId: number;
      productName: string;
      /** Format: uint64 */
      qty: number;
      /** @enum {string} */
      status: "OrderPlaced" | "OrderCancelled" | "Rejected";
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
    /** OrderStatus */
    OrderStatus: {
      _links: {
        orderStatus: components["schemas"]["Link"];
        self: components["schemas"]["Link"];
      };
      /** @description Whole won. */
      amount: number;
      customerId: string | null;
      deliveryId: number | null;
      /** @enum {string|null} */
      deliveryStatus: "DeliveryStarted" | "Delivered" | "DeliveryCancelled" | null;
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
      orderStatus: "OrderPlaced" | "Accepted" | "Rejected" | "OrderCancelled";
      /** @enum {string|null} */
      payStatus: "Paid" | "Cancelled" | null;
      productId: number;
      productName: string;
      /** Format: uint64 */
      qty: number;
    };
    OrderStatusPage: {
      _embedded: {
        orderStatuses: components["schemas"]["OrderStatus"][];
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
      /** @description Whole won. */
      amount: number;
      id: number;
      orderId: number;
      payId: number;
      /** @enum {string} */
      status: "Paid" | "Cancelled";
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
     * StoreOrder
     * @description What was ordered.
     */
    StoreOrder: {
      _links: {
        self: components["schemas"]["Link"];
        storeOrder: components["schemas"]["Link"];
      };
      id: number;
      orderId: number;
      productId: number;
      productName: string;
      /** Format: uint64 */
      qty: number;
      reason: string | null;
      /** @enum {string} */
      status: "Paid" | "Accepted" | "Rejected" | "Cancelled";
    };
    StoreOrderPage: {
      _embedded: {
        storeOrders: components["schemas"]["StoreOrder"][];
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
    /** TopBook */
    TopBook: {
      _links: {
        self: components["schemas"]["Link"];
        topBook: components["schemas"]["Link"];
      };
      /** Format: int64 */
      count: number;
      id: number;
      name: string;
      productId: number;
    };
    TopBookPage: {
      _embedded: {
        topBooks: components["schemas"]["TopBook"][];
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

  /** Lists books, or follows them. */
  getBooks: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "productId" | "productId,asc" | "productId,desc" | "price" | "price,asc" | "price,desc";
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        productId?: number;
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
          "application/hal+json": components["schemas"]["BookPage"];
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
  /** Put a book on sale. */
  postBooks: {
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
         *   "name": "Walden",
         *   "price": 15000,
         *   "stock": 10
         * }
         */
        "application/json": {
          name: string;
          /** @description Whole won. */
          price: number | string;
          stock?: number | string | null;
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
          "application/hal+json": components["schemas"]["Book"];
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
      /** @description `unknown-book`: There is no such book. `not-listed`: There is no such order on the seller's list. */
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
      /** @description `already-registered`: This book was registered already. `already-accepted`: This order was accepted. `sale-rejected`: This order was rejected. `sale-cancelled`: The buyer has cancelled this order. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stock-in-doubt`: The stock of this order is just being taken. */
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
  /** One of books, or follows it. */
  getBooksId: {
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
          "application/hal+json": components["schemas"]["Book"];
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
  /** Take a book off sale. */
  deleteBooksId: {
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
      /** @description `unknown-book`: There is no such book. `unknown-id`: There is nothing with this id. `not-listed`: There is no such order on the seller's list. */
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
      /** @description `already-registered`: This book was registered already. `already-accepted`: This order was accepted. `sale-rejected`: This order was rejected. `sale-cancelled`: The buyer has cancelled this order. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stock-in-doubt`: The stock of this order is just being taken. */
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
  /** Change a book, or what is on its shelf. */
  patchBooksId: {
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
    requestBody?: {
      content: {
        /**
         * @example {
         *   "price": 12000
         * }
         */
        "application/json": {
          name?: string | null;
          /** @description Whole won. */
          price?: number | string | null;
          stock?: number | string | null;
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
          "application/hal+json": components["schemas"]["Book"];
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
      /** @description `unknown-book`: There is no such book. `unknown-id`: There is nothing with this id. `not-listed`: There is no such order on the seller's list. */
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
      /** @description `already-registered`: This book was registered already. `already-accepted`: This order was accepted. `sale-rejected`: This order was rejected. `sale-cancelled`: The buyer has cancelled this order. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stock-in-doubt`: The stock of this order is just being taken. */
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
        customerId?: string;
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
  /** The courier has delivered. */
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
         *   "deliveryState": "Delivered"
         * }
         */
        "application/json": {
          deliveryState: string;
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
      /** @description `already-delivered`: This order is delivered. `delivery-off`: This delivery is cancelled. `state-not-yours`: A courier may only set the state Delivered. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stop-in-doubt`: The buyer is just cancelling this order. */
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
  /** Lists orderStatuses, or follows them. */
  getOrderStatuses: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "orderId" | "orderId,asc" | "orderId,desc" | "amount" | "amount,asc" | "amount,desc";
        /** @description Only rows with this value. */
        customerId?: string;
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
          "application/hal+json": components["schemas"]["OrderStatusPage"];
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
  /** One of orderStatuses, or follows it. */
  getOrderStatusesId: {
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
          "application/hal+json": components["schemas"]["OrderStatus"];
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
        sort?: "id" | "id,asc" | "id,desc" | "orderId" | "orderId,asc" | "orderId,desc" | "amount" | "amount,asc" | "amount,desc";
        /** @description Only rows with this value. */
        customerId?: string;
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
  /** Buy copies of a book. */
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
         *   "customerAddr": "12 Market Street",
         *   "customerId": "kim",
         *   "customerName": "Kim",
         *   "productId": 1,
         *   "quantity": 2
         * }
         */
        "application/json": WithRequired<{
          customerAddr?: string | null;
          customerId?: string | number | null;
          customerName?: string | null;
          productId: number | string;
          qty?: number | string;
          quantity?: number | string;
        }, "productId">;
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
      /** @description `unknown-order`: There is no such order. `not-in-catalogue`: There is no such book in the catalogue. */
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
      /** @description `amount-too-high`: The amount is more than can be paid at once. `already-placed`: This order was placed already. `already-rejected`: The seller has rejected this order. `already-held`: There is a payment for this request already. `already-taken`: This payment was taken and can't be voided any more. `nothing-held`: No money is held for this request. */
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
  /** Cancel an order. */
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
      /** @description `unknown-order`: There is no such order. `not-in-catalogue`: There is no such book in the catalogue. `unknown-id`: There is nothing with this id. `unknown-delivery`: There is no such delivery. */
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
      /** @description `amount-too-high`: The amount is more than can be paid at once. `already-placed`: This order was placed already. `already-rejected`: The seller has rejected this order. `already-delivered`: This order is delivered. `delivery-off`: This delivery is cancelled. `state-not-yours`: A courier may only set the state Delivered. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stop-in-doubt`: The buyer is just cancelling this order. */
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
        sort?: "id" | "id,asc" | "id,desc" | "payId" | "payId,asc" | "payId,desc" | "orderId" | "orderId,asc" | "orderId,desc" | "amount" | "amount,asc" | "amount,desc";
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
  /** Lists storeOrders, or follows them. */
  getStoreOrders: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "orderId" | "orderId,asc" | "orderId,desc";
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
          "application/hal+json": components["schemas"]["StoreOrderPage"];
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
  /** One of storeOrders, or follows it. */
  getStoreOrdersId: {
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
          "application/hal+json": components["schemas"]["StoreOrder"];
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
  /** Accept a paid order. */
  putStoreOrdersIdAccept: {
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
      /** @description Done and durable, or so already: the row. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          "Nadul-Position": components["headers"]["Position"];
          "X-Correlation-Id": components["headers"]["CorrelationId"];
        };
        content: {
          "application/hal+json": components["schemas"]["StoreOrder"];
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
      /** @description `not-listed`: There is no such order on the seller's list. `unknown-id`: There is nothing with this id. `unknown-book`: There is no such book. */
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
      /** @description `already-accepted`: This order was accepted. `sale-rejected`: This order was rejected. `sale-cancelled`: The buyer has cancelled this order. `already-registered`: This book was registered already. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stock-in-doubt`: The stock of this order is just being taken. */
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
  /** Reject a paid order. */
  putStoreOrdersIdReject: {
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
         *   "reason": "The last copy is damaged"
         * }
         */
        "application/json": {
          reason: string;
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
          "application/hal+json": components["schemas"]["StoreOrder"];
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
      /** @description `not-listed`: There is no such order on the seller's list. `unknown-id`: There is nothing with this id. `unknown-book`: There is no such book. */
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
      /** @description `already-accepted`: This order was accepted. `sale-rejected`: This order was rejected. `sale-cancelled`: The buyer has cancelled this order. `already-registered`: This book was registered already. */
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
      /** @description `unavailable`: Something that is needed is down or too slow. Nothing was done. `too-slow`: The answer took too long. `overloaded`: There are too many requests at the moment. Nothing was done. `stock-in-doubt`: The stock of this order is just being taken. */
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
  /** Lists topBooks, or follows them. */
  getTopBooks: {
    parameters: {
      query?: {
        page?: components["parameters"]["Page"];
        size?: components["parameters"]["Size"];
        after?: components["parameters"]["After"];
        before?: components["parameters"]["Before"];
        /** @description In which order; ascending unless `,desc`, by id unless it is said. */
        sort?: "id" | "id,asc" | "id,desc" | "productId" | "productId,asc" | "productId,desc";
        /** @description Only rows with this value. */
        id?: number;
        /** @description Only rows with this value. */
        productId?: number;
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
          "application/hal+json": components["schemas"]["TopBookPage"];
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
  /** One of topBooks, or follows it. */
  getTopBooksId: {
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
          "application/hal+json": components["schemas"]["TopBook"];
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
