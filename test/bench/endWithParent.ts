// Loaded into a process before its own file: ends it in its own orderly way when the one that started it is gone.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
