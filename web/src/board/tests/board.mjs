// A small system for the tests: an order that is paid and delivered.
const column = (context, rest) => ({ context, aggregates: [], commands: [], published: [], private: [], sagas: [], answers: [], views: [], collections: [], routes: [], folds: [], undoes: [], key_name: 'orderId', ...rest })
const arrow = (source, event, context, kind, ...commands) => ({ source, event, context, kind, commands })

export const board = {
  system: 'shop',
  topic: 'shop',
  columns: [
    column('order', {
      aggregates: ['order'],
      commands: ['POST /orders', 'DELETE /orders/{orderId}'],
      routes: [
        { command: 'POST /orders', kind: 'order', summary: 'Order something.' },
        { command: 'DELETE /orders/{orderId}', kind: 'order', summary: 'Cancel an order.' },
      ],
      published: ['OrderPlaced', 'OrderCanceled'],
      sagas: [
        { name: 'place', asks: [['hold the money', 'payment', 'hold']], route: 'POST /orders' },
        { name: 'cancel', asks: [['stop the delivery', 'delivery', 'stop']], route: 'DELETE /orders/{orderId}' },
      ],
    }),
    column('payment', { aggregates: ['payment'], published: ['Paid', 'Refunded'], private: ['MoneyHeld'], answers: ['hold'], undoes: [{ call: 'hold', kind: 'payment' }] }),
    column('delivery', { aggregates: ['delivery'], commands: ['PATCH /deliveries/{id}'], routes: [{ command: 'PATCH /deliveries/{id}', kind: 'delivery', summary: 'The courier has delivered.' }], published: ['Started', 'Delivered', 'Stopped'], private: ['StopHeld'], answers: ['stop'], undoes: [{ call: 'stop', kind: 'delivery' }] }),
    column('mypage', { views: ['myPages@1'], folds: [{ view: 'myPages@1', source: 'order', events: ['OrderPlaced'] }] }),
    column('message', { aggregates: ['thread'], private: ['Sent'] }),
  ],
  arrows: [
    arrow('order', 'OrderPlaced', 'payment', 'payment', 'Take'),
    arrow('order', 'OrderCanceled', 'payment', 'payment', 'Refund'),
    arrow('order', 'OrderCanceled', 'delivery', 'delivery', 'Cancel'),
    arrow('payment', 'Paid', 'delivery', 'delivery', 'Start'),
    arrow('payment', 'Refunded', 'delivery', 'delivery'),
    arrow('payment', 'Paid', 'message', 'thread', 'Tell'),
    arrow('payment', 'Refunded', 'message', 'thread', 'Tell'),
    arrow('delivery', 'Delivered', 'message', 'thread', 'Tell'),
  ],
  conserved: [],
}

let position = 0
export const entry = (source, eventType, kind, correlationId = 'a', rest = {}) => {
  position += 1
  const timestamp = `2026-01-01T00:00:${String(position).padStart(2, '0')}Z`
  return { eventId: `e${position}`, eventType, source, timestamp, position, correlationId, key: 1, published: !/Held|Sent/.test(eventType), kind, id: 1, fields: {}, ...rest }
}

/** Placed, paid, under way. */
export const placed = () => [
  entry('payment', 'MoneyHeld', 'payment'),
  entry('order', 'OrderPlaced', 'order'),
  entry('payment', 'Paid', 'payment'),
  entry('delivery', 'Started', 'delivery'),
  entry('message', 'Sent', 'thread'),
]
