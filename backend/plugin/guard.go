package plugin

import (
	"k8s.io/client-go/rest"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// Guard forbids client-go to run a plugin for this configuration. Approvals don't count here: client-go's allowlist knows paths,
// but neither hashes nor arguments, and nothing of ours needs it.
func Guard(config *rest.Config) {
	if config.ExecProvider != nil {
		own := config.ExecProvider.DeepCopy() // it may be shared with another configuration
		own.PluginPolicy = clientcmdapi.PluginPolicy{PolicyType: clientcmdapi.PluginPolicyDenyAll}
		config.ExecProvider = own
	}
}
