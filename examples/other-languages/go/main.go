// Lists the vendors of a Bitize account. This program never sees a token: the proxy puts it on.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	request, err := http.NewRequest("GET", os.Getenv("CHAVEIRO_URL")+"/v1/proxy/bitize/default/vendors", nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("CHAVEIRO_KEY"))
	client := http.Client{Timeout: time.Minute}
	response, err := client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Code, Detail string
		Data         []json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	if answer.Code != "" {
		log.Fatalf("%s: %s", answer.Code, answer.Detail)
	}
	fmt.Println(len(answer.Data), "vendors")
}
