/** The switches of the sandbox stand in `src/api`. */
export * from '../../api/faults.svelte'
