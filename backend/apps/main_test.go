package apps

import (
	"testing"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

func TestMain(m *testing.M) { kubetest.Main(m) }
