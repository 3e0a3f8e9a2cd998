/** What is said about reviews; they are loaded after the rooms. */
import { language } from '../../words/language.svelte'

const ko = {
  reviews: '후기',
  reviewNone: '아직 후기가 없습니다. 첫 후기를 남겨 보세요.',
  reviewText: '어땠나요?',
  reviewSend: '남기기',
  reviewSending: '남기는 중…',
  reviewDone: '후기를 남겼습니다',
  reviewOwn: '내 후기',
  reviewEdit: '고치기',
  reviewEditText: '후기 고치기',
  reviewDelete: '지우기',
  reviewDeleteQuestion: '지운 후기는 되살릴 수 없습니다.',
}

export type ReviewWords = typeof ko

const en: ReviewWords = {
  reviews: 'Reviews',
  reviewNone: 'No reviews yet. Yours could be the first.',
  reviewText: 'How was it?',
  reviewSend: 'Post',
  reviewSending: 'Posting…',
  reviewDone: 'Your review is posted',
  reviewOwn: 'Your review',
  reviewEdit: 'Edit',
  reviewEditText: 'Edit your review',
  reviewDelete: 'Delete',
  reviewDeleteQuestion: 'A deleted review can’t be brought back.',
}

const both = { ko, en }

export const reviewing = {
  get words(): ReviewWords {
    return both[language.now]
  },
}
