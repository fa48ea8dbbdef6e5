package dev.signet.cli.seal;

/** Names of the codes of HTTP (RFC 9110 §15), which HTTP/2 no longer sends. */
final class HttpStatus {

    private HttpStatus() {}

    static String line(int code) {
        String name =
                switch (code) {
                    case 400 -> "Bad Request";
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "Not Found";
                    case 405 -> "Method Not Allowed";
                    case 407 -> "Proxy Authentication Required";
                    case 408 -> "Request Timeout";
                    case 410 -> "Gone";
                    case 429 -> "Too Many Requests";
                    case 500 -> "Internal Server Error";
                    case 502 -> "Bad Gateway";
                    case 503 -> "Service Unavailable";
                    case 504 -> "Gateway Timeout";
                    default -> "";
                };
        return name.isEmpty() ? Integer.toString(code) : code + " " + name;
    }
}
