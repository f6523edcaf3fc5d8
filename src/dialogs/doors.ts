import { opens } from '../engine/saying.ts'

/** Where the matters that screens of help and answers point to are seen to today. One place to change when a matter gets a dialog. */
export const doors = {
  readings: opens('menu.readings', 'readings'),
  charges: opens('menu.charges', 'charges'),
  receipt: opens('menu.receipt', 'receipt'),
  payment: opens('help.payTitle', 'answers', 'payment'),
  documents: opens('menu.documents', 'documents'),
  orders: opens('documents.order', 'orders'),
  appointment: opens('menu.appointment', 'appointment'),
  requests: opens('menu.requests', 'requests'),
  news: opens('settings.news', 'news'),
  consultant: opens('menu.consultant', 'consultant'),
}
