/** Line drawings on a 24 × 24 field: emoji would look different, or like an empty box, from machine to machine. */
const lines = {
  clip: 'M8 12.5l6.2-6.2a3 3 0 0 1 4.2 4.2l-8 8a5 5 0 0 1-7-7l7.6-7.6',
  send: 'M4 12L20 5l-4.5 15-3.8-6.2L4 12zm7.7 1.8L20 5',
  pencil: 'M5 19l1-4L16.5 4.5l3 3L9 18l-4 1z',
  cross: 'M6 6l12 12M18 6L6 18',
  reply: 'M10 6L4.5 11.5 10 17M5 11.5h8a6.5 6.5 0 0 1 6.5 6.5',
  back: 'M15 5l-7 7 7 7',
  dots: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  page: 'M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5',
  voice: 'M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6 11.5a6 6 0 0 0 12 0M12 17.5V21',
  pin: 'M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9.5v.01M15 9.5v.01M8 14a4.5 4.5 0 0 0 8 0',
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'drawn')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', lines[name])
  svg.append(path)
  return svg
}
