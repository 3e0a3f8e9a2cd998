/** What the shop is told about its books; they are loaded after the orders. */
import { language } from '../../words/language.svelte'

const ko = {
  add: '책 꽂기',
  suggestions: '예시에서 고르기',
  name: '책 이름',
  price: '값',
  stock: '재고',
  unlimited: '재고를 세지 않음',
  uncounted: '세지 않음',
  register: '책장에 꽂기',
  registering: '꽂는 중…',
  registered: (name: string) => `책장에 꽂았습니다: ${name}`,
  edit: '고치기',
  editOf: (name: string) => `고치기: ${name}`,
  saved: '고쳤습니다',
  delete: '내리기',
  deleteQuestion: '내린 책은 책장에서 사라지고 다시 주문할 수 없습니다.',
  deleted: (name: string) => `내렸습니다: ${name}`,
  stockLess: (name: string) => `재고 하나 빼기: ${name}`,
  stockMore: (name: string) => `재고 하나 더하기: ${name}`,
}

export type ShelfWords = typeof ko

const en: ShelfWords = {
  add: 'Add a book',
  suggestions: 'Choose an example',
  name: 'Name of the book',
  price: 'Price',
  stock: 'Copies on the shelf',
  unlimited: 'Don’t count copies',
  uncounted: 'Not counted',
  register: 'Put it on the shelf',
  registering: 'Adding…',
  registered: (name) => `On the shelf: ${name}`,
  edit: 'Edit',
  editOf: (name) => `Edit: ${name}`,
  saved: 'Saved',
  delete: 'Take off',
  deleteQuestion: 'It leaves the shelf and can’t be ordered any more.',
  deleted: (name) => `Taken off: ${name}`,
  stockLess: (name) => `One copy less: ${name}`,
  stockMore: (name) => `One copy more: ${name}`,
}

const both = { ko, en }

export const shelving = {
  get words(): ShelfWords {
    return both[language.now]
  },
}
