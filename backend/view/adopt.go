package view

// Adopt joins a view that was begun offline with the one that the primary turned out to have. Members with the same
// endpoint and identity are one: they take the remote's id and place, and moved says which local id became which, so that
// credentials can follow. Where such a pair differs otherwise, the remote's value wins and ours is a Conflict. Members
// that only this machine has come last. ID and Owner are the remote's; the Layout is merged.
func Adopt(local, remote Document) (doc Document, moved map[string]string, conflicts []Conflict) {
	mine := local.clone()
	mine.ID, mine.Owner = remote.ID, remote.clone().Owner
	mine.Members = map[string]Member{}
	moved = map[string]string{}
	taken := map[string]bool{}
	for id := range local.Members {
		_, there := remote.Members[id]
		taken[id] = there
	}
	order := remote.Ordered()
	last := ""
	if n := len(order); n > 0 {
		last = remote.Members[order[n-1]].Order
	}
	for _, id := range local.Ordered() {
		m := local.Members[id].clone()
		if !taken[id] {
			if twin := remote.twin(m, order, taken); twin != "" {
				moved[id], taken[twin] = twin, true
				id = twin
			}
		}
		if r, there := remote.Members[id]; there {
			m.Order = r.Order
		} else {
			last = Between(last, "")
			m.Order = last
		}
		mine.Members[id] = m
	}
	doc, conflicts = Merge(nil, mine, remote)
	return doc, moved, conflicts
}

// twin finds the first member in the given order that is the same cluster as seen by the same person and not taken yet.
func (d Document) twin(m Member, order []string, taken map[string]bool) string {
	for _, id := range order {
		r := d.Members[id]
		if !taken[id] && m.Endpoint.Server != "" && r.Endpoint.Same(m.Endpoint) && r.Identity == m.Identity {
			return id
		}
	}
	return ""
}
