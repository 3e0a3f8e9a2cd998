/** What the logs have taught so far, on while events come. */
import { untrack } from 'svelte'
import { learn, type Learned } from './learn'
import type { Operating } from './operate.svelte'
import type { Board } from './value'

export function useLessons(board: Board, operating: () => Operating): { readonly now: Learned } {
  let learned = $state.raw<Learned>({ makes: new Map(), begun: new Set() })
  $effect(() =>
    operating().listen((fresh) => {
      // What one event teaches may lie in its chain's earlier ones.
      const touched = new Set(fresh.map((entry) => entry.correlationId))
      learned = learn(board, operating().entries.filter((entry) => touched.has(entry.correlationId)), learned)
    }),
  )
  $effect(() => {
    if (operating().reads > 0) learned = learn(board, untrack(() => operating().entries))
  })
  return {
    get now() {
      return learned
    },
  }
}
