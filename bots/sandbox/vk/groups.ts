import { Refused } from '../refused.ts'
import { isTrue, type VkCall, type VkMethod } from './call.ts'

/** The community itself and its Long Poll. */
export const groups: Record<string, VkMethod> = {
  'groups.getById': ({ world }) => ({
    groups: [
      {
        id: world.state.vk.groupId,
        name: 'ЕРЦ (песочница)',
        screen_name: `club${world.state.vk.groupId}`,
        is_closed: 0,
        type: 'group',
      },
    ],
    profiles: [],
  }),
  'groups.getLongPollServer': (call) => {
    ownGroup(call)
    const { key, ts } = call.world.state.vk.longPoll
    return { key, server: `${call.url}/longpoll`, ts: String(ts) }
  },
  'groups.getLongPollSettings': (call) => {
    ownGroup(call)
    const { enabled, version, switches } = call.world.state.vk.longPoll
    const events = Object.fromEntries(Object.entries(switches).map(([name, on]) => [name, on ? 1 : 0]))
    return { is_enabled: enabled, api_version: version, events }
  },
  'groups.setLongPollSettings': (call) => {
    ownGroup(call)
    const {
      group_id: _,
      enabled,
      api_version: version,
      access_token: __,
      v: ___,
      lang: ____,
      ...switches
    } = call.params
    const { longPoll } = call.world.state.vk
    if (enabled !== undefined) longPoll.enabled = isTrue(enabled)
    if (version) longPoll.version = version
    for (const [name, on] of Object.entries(switches)) longPoll.switches[name] = isTrue(on)
    call.world.changed({ kind: 'people' })
    return 1
  },
}

function ownGroup({ world, params }: VkCall): void {
  if (Number(params.group_id) !== world.state.vk.groupId) {
    throw new Refused(15, 'Access denied: no access to this group')
  }
}
