package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/districtkg/districtkg/schema"
)

// defaultDB is where the graph lives unless --db or DISTRICTKG_DB says otherwise.
const defaultDB = "data/districtkg"

// dbFlag adds --db, which names the store.
func dbFlag(c *cobra.Command, db *string) {
	c.Flags().StringVar(db, "db", defaultDB, "the graph: a folder, mem:, or postgres://…")
}

// baseFlag adds --base, the base of every IRI.
func baseFlag(c *cobra.Command, base *string) {
	c.Flags().StringVar(base, "base", schema.DefaultBase, "base IRI of the graph; ends with / or #")
}

// fromEnvironment sets every flag that was not given from the environment:
// --max-body is DISTRICTKG_MAX_BODY.
func fromEnvironment(c *cobra.Command, _ []string) error {
	var failed error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		name := "DISTRICTKG_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, ok := os.LookupEnv(name)
		if f.Changed || !ok || failed != nil {
			return
		}
		if err := c.Flags().Set(f.Name, value); err != nil {
			failed = fmt.Errorf("read environment variable %s: %w", name, err)
		}
	})
	return failed
}
