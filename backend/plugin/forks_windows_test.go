package plugin

func forks(wait func()) { wait() }
