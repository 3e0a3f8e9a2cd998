/** What a list of measurements says: the value that so many per cent are not above. */
export function percentile(sorted: number[], percent: number): number | null {
  if (sorted.length === 0) return null
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1))
  return sorted[at] ?? null
}

export function percentiles(values: number[]): { p50: number | null; p95: number | null; p99: number | null } {
  const sorted = [...values].sort((a, b) => a - b)
  return { p50: percentile(sorted, 50), p95: percentile(sorted, 95), p99: percentile(sorted, 99) }
}
