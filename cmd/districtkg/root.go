package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newRoot returns the command with all its verbs.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "districtkg",
		Short: "A knowledge graph of districts in which every fact cites its sentence",
		Long: `districtkg reads work reports, statistical bulletins and newspaper features about
Chinese districts and counties, and builds a knowledge graph in which every
entity, relation and figure cites the sentence that it was read from.`,
		Example: `  districtkg build --db data/samples          # the embedded sample documents
  districtkg serve --db data/samples          # browse them on http://127.0.0.1:8080
  districtkg build reports/ --db data/mine    # your own documents`,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(
		newBuild(), newServe(), newExtract(), newExplain(), newQuery(),
		newExport(), newImport(), newRemove(), newEval(), newMCP(), newToken(), newGizmoChild(),
	)
	explainUsage(root)
	return root
}

// explainUsage adds to the library's words for wrong arguments and flags how
// the verb is used.
func explainUsage(root *cobra.Command) {
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w; %s --help lists the flags", err, c.CommandPath())
	})
	for _, verb := range root.Commands() {
		check := verb.Args
		if check == nil {
			continue
		}
		verb.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return fmt.Errorf("%w; usage: %s", err, c.UseLine())
			}
			return nil
		}
	}
}

// version returns the module's version and the revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return info.Main.Version + " " + s.Value
		}
	}
	return info.Main.Version
}
