/** The last quarter of an hour as rows of numbers, one for each line that is drawn. */
export interface Point {
  at: string
  reads: number
  commands: number
  refused: number
  failed: number
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
  group: number | null
  lag: number
  streams: number
  memory: number
}

export type SeriesName = 'reads' | 'commands' | 'refused' | 'failed' | 'p50' | 'p95' | 'p99' | 'lag' | 'group' | 'memory' | 'streams'

export interface Chart {
  name: 'rate' | 'latency' | 'lag' | 'group' | 'memory' | 'streams'
  series: { name: SeriesName; values: (number | null)[] }[]
}

/** Seconds between a point and the one before it. */
function spans(points: Point[]): number[] {
  const times = points.map((point) => new Date(point.at).getTime() / 1000)
  const usual = times.length > 1 ? ((times.at(-1) as number) - (times[0] as number)) / (times.length - 1) : 5
  return times.map((time, at) => (at === 0 ? usual : Math.max(0.001, time - (times[at - 1] as number))))
}

export function charts(points: Point[]): { times: number[]; charts: Chart[] } {
  const span = spans(points)
  const perSecond = (read: (point: Point) => number): (number | null)[] => points.map((point, at) => Math.round((read(point) / (span[at] as number)) * 10) / 10)
  const plain = (read: (point: Point) => number | null): (number | null)[] =>
    points.map((point) => {
      const value = read(point)
      return value === null ? null : Math.round(value * 10) / 10
    })
  return {
    times: points.map((point) => new Date(point.at).getTime() / 1000),
    charts: [
      {
        name: 'rate',
        series: [
          { name: 'commands', values: perSecond((point) => point.commands) },
          { name: 'reads', values: perSecond((point) => point.reads) },
          { name: 'refused', values: perSecond((point) => point.refused) },
          { name: 'failed', values: perSecond((point) => point.failed) },
        ],
      },
      {
        name: 'latency',
        series: [
          { name: 'p50', values: plain((point) => point.p50Ms) },
          { name: 'p95', values: plain((point) => point.p95Ms) },
          { name: 'p99', values: plain((point) => point.p99Ms) },
        ],
      },
      { name: 'lag', series: [{ name: 'lag', values: plain((point) => point.lag) }] },
      { name: 'group', series: [{ name: 'group', values: plain((point) => point.group) }] },
      { name: 'memory', series: [{ name: 'memory', values: plain((point) => Math.round(point.memory / 104_857.6) / 10) }] },
      { name: 'streams', series: [{ name: 'streams', values: plain((point) => point.streams) }] },
    ],
  }
}
