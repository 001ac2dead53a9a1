//go:build darwin || windows

package keychain

func ready() error { return nil }

func classifyUnix(error) (why reason, kind error) { return reasonNone, ErrRefused }
