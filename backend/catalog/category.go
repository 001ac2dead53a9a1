package catalog

import (
	"slices"
	"strings"
)

// Category is where a kind is shown. The set is closed; this is its order.
type Category string

// The categories.
const (
	Workloads  Category = "workloads"
	Network    Category = "network"
	Config     Category = "config"
	Storage    Category = "storage"
	Access     Category = "access"
	Cluster    Category = "cluster"
	Protection Category = "protection" // T4K and Velero
	Custom     Category = "custom"
)

// rank is the category's place; one that isn't in the set has the last.
func (c Category) rank() int {
	order := []Category{Workloads, Network, Config, Storage, Access, Cluster, Protection, Custom}
	if i := slices.Index(order, c); i >= 0 {
		return i
	}
	return len(order)
}

// own says whether a group is Kubernetes' own. Those under k8s.io are guarded by its reviewers; x-k8s.io is everybody's.
func own(group string) bool {
	return group == "" || !strings.Contains(group, ".") || within(group, "k8s.io")
}

// within says whether a group is the domain or below it.
func within(group, domain string) bool {
	return group == domain || strings.HasSuffix(group, "."+domain)
}

// categoryOf goes by the group, for that is how Kubernetes is divided; only its core group is a mixture.
func categoryOf(group, resource string) Category {
	switch {
	case group == "":
		return coreCategory(resource)
	case within(group, "trilio.io"), within(group, "velero.io"):
		return Protection
	case !own(group):
		return Custom
	}
	for _, rule := range []struct {
		domain   string
		category Category
	}{
		{"apps", Workloads},
		{"batch", Workloads},
		{"autoscaling", Workloads},
		{"autoscaling.k8s.io", Workloads},
		{"policy", Workloads}, // disruption budgets
		{"networking.k8s.io", Network},
		{"discovery.k8s.io", Network}, // endpoint slices
		{"storage.k8s.io", Storage},
		{"rbac.authorization.k8s.io", Access},
		{"certificates.k8s.io", Access},
	} {
		if within(group, rule.domain) {
			return rule.category
		}
	}
	switch {
	case group == "extensions" && (resource == "ingresses" || resource == "networkpolicies"):
		return Network
	case group == "extensions":
		return Workloads
	case strings.Contains(group, "."):
		return Cluster // scheduling, nodes, admission, leases, events...
	}
	return Custom // a group of one word that Kubernetes doesn't have: somebody's aggregated API
}

func coreCategory(resource string) Category {
	switch resource {
	case "pods", "podtemplates", "replicationcontrollers":
		return Workloads
	case "services", "endpoints":
		return Network
	case "configmaps", "secrets", "limitranges", "resourcequotas":
		return Config
	case "persistentvolumes", "persistentvolumeclaims":
		return Storage
	case "serviceaccounts":
		return Access
	}
	return Cluster // nodes, namespaces, events
}
