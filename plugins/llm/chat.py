"""One question to an endpoint that speaks the OpenAI chat completions protocol: asked with a
schema, a time limit and retries."""
import http.client
import json
import socket
import time
import urllib.error
import urllib.request

RETRIED = {408, 409, 429, 500, 502, 503, 504}
MAX_ANSWER_BYTES = 4 << 20
MAX_WAIT = 30  # seconds between two attempts, whatever the endpoint asks for


class ChatError(Exception):
    """No answer that can be used. `passing`: another time may go better."""

    def __init__(self, text, passing):
        super().__init__(text)
        self.passing = passing


class Chat:
    """An endpoint and a model. Thread-safe.

    `endpoint` is the base URL up to and with /v1; `key` goes into the Authorization header and
    nowhere else. An attempt takes at most `timeout` seconds; between attempts it waits one second,
    two, four, or as long as Retry-After says.
    """

    def __init__(self, endpoint, model, key="", timeout=60, attempts=3, wait=time.sleep):
        self.url = endpoint.rstrip("/") + "/chat/completions"
        self.model, self.key, self.timeout, self.attempts = model, key, timeout, attempts
        self.wait = wait

    def ask(self, instructions, text, schema):
        """The answer, an object of `schema`. Raises ChatError."""
        body = json.dumps({
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": instructions},
                         {"role": "user", "content": text}],
            "response_format": {"type": "json_schema", "json_schema": {
                "name": "answer", "strict": True, "schema": schema}},
        }).encode("utf-8")
        for attempt in range(1, self.attempts + 1):
            try:
                return self._post(body)
            except ChatError as error:
                if not error.passing or attempt == self.attempts:
                    raise
                self.wait(min(getattr(error, "retry_after", 2 ** (attempt - 1)), MAX_WAIT))
        raise AssertionError("attempts is at least 1")

    def _post(self, body):
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(self.url, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                answer = response.read(MAX_ANSWER_BYTES + 1)
        except urllib.error.HTTPError as error:
            raise self._http_error(error) from None
        except (urllib.error.URLError, socket.timeout, http.client.HTTPException, OSError) as error:
            raise ChatError(f"{self.url}: {getattr(error, 'reason', error)}", passing=True) from None
        return self._content(answer)

    def _http_error(self, error):
        detail = error.read(500).decode("utf-8", "replace").strip()
        result = ChatError(f"{self.url}: HTTP {error.code}: {detail}", error.code in RETRIED)
        after = error.headers.get("Retry-After", "")
        if after.isdigit():
            result.retry_after = int(after)
        return result

    def _content(self, answer):
        if len(answer) > MAX_ANSWER_BYTES:
            raise ChatError(f"{self.url}: an answer of more than {MAX_ANSWER_BYTES} bytes", True)
        try:
            content = json.loads(json.loads(answer)["choices"][0]["message"]["content"])
        except (ValueError, LookupError, TypeError):
            raise ChatError(f"{self.url}: an answer that is not the JSON asked for", True) from None
        if not isinstance(content, dict):
            raise ChatError(f"{self.url}: an answer that is no JSON object", passing=True)
        return content
