/** Who the sandbox lets in. The first Telegram bot is the residents' one. */
export interface SandboxTokens {
  telegram: { token: string; username: string; name: string }[]
  vk: string
  vkGroupId: number
}

/** The tokens that the product takes when it is started without any: they open nothing but the sandbox. */
export const sandboxTokens: SandboxTokens = {
  telegram: [
    { token: '7000000001:sandbox-residents', username: 'erc_sandbox_bot', name: 'ЕРЦ (песочница)' },
    {
      token: '7000000002:sandbox-consultants',
      username: 'erc_desk_sandbox_bot',
      name: 'Стол консультантов (песочница)',
    },
  ],
  vk: 'vk1.a.sandbox-community',
  vkGroupId: 220_000_001,
}

/** A forum supergroup of the staff; `botId` is the bot that works in it as an administrator. */
export interface StaffForum {
  id: number
  title: string
  botId: number
}

/** The staff forum that every sandbox has, unless it is opened with others. */
export const staffForum: StaffForum = {
  id: -1_001_234_567_001,
  title: 'Консультанты (песочница)',
  botId: 7_000_000_002,
}
