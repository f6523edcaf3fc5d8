import { ask } from './api.js'
import { Forum } from './forum.js'
import { listen } from './news.js'
import { Phone } from './phone.js'
import { fillFlats, showStats, showViolations } from './side.js'
import { keepTabs } from './tabs.js'

const chooser = document.querySelector('#person')
const phones = [
  new Phone('telegram', document.querySelector('#phone-telegram')),
  new Phone('vk', document.querySelector('#phone-vk')),
]
const forum = new Forum(document.querySelector('#forum'), showUnread)
let lastUsed = phones[0]
for (const phone of phones)
  phone.root.addEventListener('focusin', () => {
    lastUsed = phone
  })

const showTab = keepTabs((name) => {
  lastUsed = phones.find(({ messenger }) => messenger === name) ?? lastUsed
  if (name === 'forum') forum.inSight()
})

const people = await ask('/sandbox/people')
fillPeople(people)
fillFlats(await ask('/sandbox/flats'), (value) => {
  showTab(lastUsed.messenger)
  lastUsed.type(value)
})
choose()

chooser.addEventListener('change', choose)
listen(
  (news) => {
    if (news.kind === 'chat') for (const phone of phones) phone.heard(news)
    if (news.kind === 'forum') forum.heard(news)
    if (news.kind === 'call') void showStats()
    if (news.kind === 'violation') void showViolations()
    if (news.kind === 'people') void refreshPeople()
  },
  () => {
    for (const phone of phones) void phone.reread()
    void forum.reread()
    void showStats()
    void showViolations()
  },
)

function fillPeople(list) {
  const chosen = chooser.value || localStorage.getItem('person') || '1'
  chooser.replaceChildren(
    ...list.map((one) => {
      const language = one.language === 'en' ? ' · English' : ''
      const option = new Option(`${one.firstName} ${one.lastName}${language}`, one.id)
      option.selected = String(one.id) === chosen
      return option
    }),
  )
}

async function refreshPeople() {
  fillPeople(await ask('/sandbox/people'))
  for (const phone of phones) void phone.refresh()
}

function choose() {
  localStorage.setItem('person', chooser.value)
  for (const phone of phones) void phone.choose(Number(chooser.value))
}

function showUnread(count) {
  const badge = document.querySelector('#tab-forum .unread')
  badge.hidden = count === 0
  badge.lastChild.textContent = count
}
