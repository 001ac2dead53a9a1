package apps

import "strings"

const maxImage = 512 // bytes of a reference; registries take fewer

// isImage says whether s is a plain reference: registry.example.com:5000/team/app:tag@sha256:0a1b. Others aren't shown, for they may be
// anything, a password too: what is before an "@" must be a name, and what is after it a digest.
func isImage(s string) bool {
	if s == "" || len(s) > maxImage {
		return false
	}
	name, digest, pinned := strings.Cut(s, "@")
	if pinned {
		algorithm, hex, ok := strings.Cut(digest, ":")
		if !ok || !only(algorithm, "+._-") || len(hex) < 32 || strings.Trim(hex, "0123456789abcdefABCDEF") != "" {
			return false
		}
	}
	repository, tag := splitTag(name)
	if !only(tag, "._-") && tag != "" {
		return false
	}
	for i, part := range strings.Split(repository, "/") {
		allowed := "._-"
		if i == 0 && strings.Contains(repository, "/") {
			allowed += ":[]" // a port
		}
		if !only(part, allowed) {
			return false
		}
	}
	return true
}

// only says whether s has letters, digits and those others, and at least one.
func only(s, others string) bool {
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(others, c) >= 0:
		default:
			return false
		}
	}
	return s != ""
}

func splitTag(name string) (repository, tag string) {
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		return name[:i], name[i+1:]
	}
	return name, ""
}

// splitImage is a reference's repository, written out, and what tells one image of it from another: its tag, else its digest.
func splitImage(reference string) (repository, version string) {
	name, digest, _ := strings.Cut(reference, "@")
	repository, version = splitTag(name)
	if version == "" {
		version = digest
	}
	if version == "" {
		version = "latest"
	}
	const hub = "docker.io/"
	host, _, path := strings.Cut(repository, "/")
	switch {
	case !path:
		repository = hub + "library/" + repository
	case !strings.ContainsAny(host, ".:") && host != "localhost":
		repository = hub + repository
	}
	return repository, version
}
