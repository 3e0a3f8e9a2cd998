// What a list says whose service is stopped.

/** Each list that says so, of those that are shown. */
export const stopped = (page) => page.getByText('This service is stopped for the moment').filter({ visible: true })
