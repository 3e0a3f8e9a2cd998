/** What the payment service of every business keeps to itself, and operators see. */
import type { EventWords } from './business'

export const heldMoney: Record<string, EventWords> = {
  MoneyHeld: { words: { ko: '돈을 맡아 두었습니다', en: 'Money held' }, tone: 'wait', money: 'held' },
  MoneyVoided: { words: { ko: '맡은 돈을 풀었습니다', en: 'Held money released' }, tone: 'calm', money: 'voided' },
}
