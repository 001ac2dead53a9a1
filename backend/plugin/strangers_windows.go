package plugin

// strangers isn't known on Windows: access lists say more than can be told in a sentence.
func strangers(...string) []string { return nil }
