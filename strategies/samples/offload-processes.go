// Loop + processes: goroutines wait for programs (here Unix's `factor`) that compute.
package main

import (
	"fmt"
	"os/exec"
)

func serve(n string, answers chan<- string) {
	answer, err := exec.Command("factor", n).Output() // only this goroutine waits
	if err != nil {
		answer = []byte(err.Error())
	}
	answers <- string(answer)
}

func main() {
	answers := make(chan string)
	for _, n := range []string{"720720", "999983", "1048576"} {
		go serve(n, answers)
	}
	fmt.Print(<-answers, <-answers, <-answers)
}
