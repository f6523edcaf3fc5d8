/** On a narrow screen one phone is shown at a time. Arrow keys move between the tabs. */
export function keepTabs(onChoice) {
  const stage = document.querySelector('.stage')
  const tabs = [...document.querySelectorAll('[role=tab]')]
  const select = (tab) => {
    for (const one of tabs) {
      one.setAttribute('aria-selected', String(one === tab))
      one.tabIndex = one === tab ? 0 : -1
    }
    stage.dataset.tab = tab.id.replace('tab-', '')
    onChoice(stage.dataset.tab)
  }
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener('click', () => select(tab))
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
      const next = tabs[(at + 1) % tabs.length]
      select(next)
      next.focus()
    })
  }
}
