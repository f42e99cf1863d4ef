// Processes: other programs (here Unix's `factor`); answers come back through pipes.
package main

import (
	"fmt"
	"os/exec"
	"sync"
)

func work(n string) string {
	answer, err := exec.Command("factor", n).Output()
	if err != nil {
		return err.Error()
	}
	return string(answer)
}

func main() {
	var group sync.WaitGroup
	for _, n := range []string{"720720", "999983", "1000000", "1048576"} {
		group.Go(func() { fmt.Print(work(n)) })
	}
	group.Wait()
}
