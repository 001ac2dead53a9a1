package console

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// installHint is what kubectl says on a machine that lacks this program.
const installHint = "This kubeconfig takes its credential from Binnacle, which is not installed here, or was moved. Copy the kubeconfig again from where it is."

// through is a member's kubeconfig that asks this program for a credential at each use.
func (c *Console) through(credential kubeconfig.Credential, id string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	args := []string{"credential"}
	if c.options.Profile != "" {
		folder, err := filepath.Abs(c.options.Profile)
		if err != nil {
			return "", fmt.Errorf("find the profile's folder: %w", err)
		}
		args = append(args, "--profile", folder)
	}
	return credential.Through(self, append(args, id), installHint)
}
