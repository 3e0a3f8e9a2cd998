/** The fields of a form that somebody changed: what they left alone may have moved on under the open form, as a stock does, and stays as it is. */
export function changed<T extends object>(before: T, now: T): Partial<T> {
  const names = Object.keys(now) as (keyof T)[]
  return Object.fromEntries(names.filter((name) => now[name] !== before[name]).map((name) => [name, now[name]])) as Partial<T>
}
