/** What services say of themselves, as something that pages depend on. */
export class Running {
  now: Record<string, boolean> = $state.raw({})

  constructor(now: Record<string, boolean>) {
    this.now = now
  }
}
