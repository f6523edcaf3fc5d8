/** How the commands about consultants are called. */
export const deskUsage = `  npm run erc -- consultant add ID ИМЯ [--role supervisor] [--chats N]
  npm run erc -- consultant remove ID | list            кто отвечает жителям
  npm run erc -- hours [list]                           часы консультантов на ближайшие дни
  npm run erc -- hours set ДЕНЬ ЧАСЫ [ЗАМЕТКА] | closed ДЕНЬ [ЗАМЕТКА] | clear ДЕНЬ
  npm run erc -- canned list | set ИМЯ ТЕКСТ | remove ИМЯ
  npm run erc -- document check НОМЕР КОД               наш ли документ, который сформировал бот
  npm run erc -- report [--from ДЕНЬ] [--to ДЕНЬ] [--to-file ФАЙЛ] [--utf8]
  npm run erc -- requests [--overdue | --all] [--csv ФАЙЛ] [--utf8]
  npm run erc -- requests show НОМЕР | assign НОМЕР ID
  npm run erc -- requests answer|ask|accept|reject|redirect|close НОМЕР [--text ТЕКСТ] [--file ФАЙЛ]…
  npm run erc -- news send ФАЙЛ --topic ТЕМА [--audience КОМУ] [--dry-run | --preview ЧАТ | --follow]
  npm run erc -- waves [ID [--follow]] | pause ID | resume ID | stop ID   рассылки: как идут, что вышло
  npm run erc -- sample --accounts N                    образцовый город для замеров, только в пустой базе
`

export const deskHelp = `Консультанты. ID — номер пользователя в Telegram; роль supervisor — старший: ему приходят отчёты и тревоги, он может забрать
или вернуть в очередь любой чат. --chats — сколько чатов вести сразу, без него — CONSULTANTS_CHATS. Повторный add меняет имя,
роль и число чатов. После remove чаты этого человека возвращаются в очередь.
Часы. ДЕНЬ — 2026-12-31 или 31.12.2026, ЧАСЫ — 08:00-16:00 или с перерывом 08:00-12:00,13:00-16:00. Звёздочкой отмечены дни
не как все. Бот узнаёт об изменении за несколько секунд.
Готовые ответы. Консультант вставляет их словом /q ИМЯ; поля: {{name}}, {{consultant}}, {{hours}}, {{number}}, {{date}}, {{due}}.
Обращения. Без слов — открытые по срокам, --overdue — просроченные, --all — все; --csv пишет таблицу. show — что сказано, assign —
кто ведёт. Ответить и решить можно и отсюда: answer (ответ на вопрос, готовый документ), ask (уточнить, дослать), accept, reject,
redirect (не наше), close. Слова и файлы уходят жителю в тот мессенджер, откуда он писал.
Документ. Номер и код проверки стоят внизу каждой справки и выписки; команда скажет, что в ней указано и до какого дня она действует.
Отчёт. Без дней — с первого числа месяца по сегодня, без --to-file — в папку export в DATA_DIR; windows-1251, с --utf8 — UTF-8.
Новости. В файле (UTF-8) заголовок в первой строке, под ним текст; после строки «--- en» то же по-английски. ТЕМА — outages (отключения),
tariffs (тарифы) или services (новое у нас): получат те, кто подписался. КОМУ — all, district:KIR,LEN или street:Ленина:5,7.
--dry-run — только посчитать и показать, --preview telegram:ID или vk:ID — показать в одном чате, --follow — смотреть, как идёт.
Рассылки. waves показывает последние, с ID — сколько жителей прочитали, заблокировали бота, ответили и передали показания.
--follow показывает, как рассылка идёт, пока не закончится; Ctrl-C — перестать смотреть, рассылка идёт дальше.
pause — пока не слать, resume — продолжить, stop — остановить совсем: тем, кто остался, уже не пишем.
`
