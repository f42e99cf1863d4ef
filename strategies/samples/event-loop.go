// Event loop: goroutines under GOMAXPROCS=1. Waits overlap; no two compute at once.
// (The turns are Go's to give: unlike an event loop's, they also end without a wait.)
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1) // or set it in the environment
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			time.Sleep(100 * time.Millisecond) // fetch(n)
			fmt.Println(n * n)
		})
	}
	group.Wait()
}
