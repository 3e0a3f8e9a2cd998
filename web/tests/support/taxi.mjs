// The taxi's pages, as its people use them: everything by role and accessible name.
const TRIP = { price: 9000, startingPoint: 'Gangnam', destination: 'Hongdae' }

/** A request by HTTP, as from somebody else's phone. */
export function hailed(server, customer, trip = {}) {
  return server.post('/taxi/catches', { ...TRIP, customer, ...trip })
}

export const passenger = (page) => ({
  hail: page.getByRole('button', { name: /^Hail a taxi for/ }),
  from: page.getByRole('textbox', { name: 'From' }),
  to: page.getByRole('textbox', { name: 'To', exact: true }),
  price: page.getByRole('textbox', { name: 'Your price' }),
  requests: page.getByRole('list', { name: 'My requests' }),
  request: (id) => page.getByRole('article', { name: `Request ${id}`, exact: true }),
})

export const driver = (page) => ({
  open: page.getByRole('list', { name: 'Open requests' }),
  mine: page.getByRole('list', { name: 'My passengers' }),
  pick: (from, to) => page.getByRole('button', { name: new RegExp(`^Pick up: ${from} to ${to}`) }),
  /** On a phone one of the two lists is shown. */
  look: (at) => page.getByRole('radio', { name: new RegExp(`^${at}`) }).check(),
})
