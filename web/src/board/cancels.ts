/** The cancels that were sent from the board: each goes on, and its answer stays, while one looks at another request. */
import { Sending } from '../api/sending.svelte'

const sent = new Map<string, Sending>()

export function cancelSending(system: string, id: number): Sending {
  const key = `${system}/${id}`
  let sending = sent.get(key)
  if (sending === undefined) sent.set(key, (sending = new Sending()))
  return sending
}
