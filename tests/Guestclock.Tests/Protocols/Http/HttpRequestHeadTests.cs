using System.Text;
using Guestclock.Formats;
using Guestclock.Protocols.Http;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Http;

public class HttpRequestHeadTests
{
    /// <summary>As prometheus 2.42 sends it (captured with <c>nc -l</c>).</summary>
    private const string Prometheus = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:9877\r\nUser-Agent: Prometheus/2.42.0\r\n"
        + "Accept: application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\n"
        + "Accept-Encoding: gzip\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n\r\n";

    [Theory]
    [InlineData(Prometheus, "GET", "/metrics")]
    [InlineData("HEAD /healthz?verbose=1 HTTP/1.0\n\n", "HEAD", "/healthz")]
    [InlineData("GET http://host:9877/readyz HTTP/1.1\r\n\r\n", "GET", "/readyz")]
    [InlineData("GET http://host HTTP/1.1\r\n\r\n", "GET", "/")]
    [InlineData("OPTIONS * HTTP/1.1\r\n\r\n", "OPTIONS", "*")]
    public void Method_and_path_are_read(string text, string method, string path) =>
        Assert.Equal(new(method, path), HttpRequestHead.Parse(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("GET /metrics\r\n\r\n")]
    [InlineData("GET  /metrics HTTP/1.1\r\n\r\n")]
    [InlineData("GET /metrics HTTP/2.0\r\n\r\n")]
    [InlineData("GET metrics HTTP/1.1\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\n\n")]
    public void What_is_no_request_is_refused(string text) =>
        Assert.Throws<MalformedInputException>(() => HttpRequestHead.Parse(Encoding.Latin1.GetBytes(text)));

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", -1)]
    [InlineData("GET / HTTP/1.1\r\n\r", -1)]
    [InlineData("GET / HTTP/1.1\r\n\r\nbody", 18)]
    [InlineData("GET / HTTP/1.1\n\n", 16)]
    [InlineData("", -1)]
    public void The_end_of_the_head_is_found(string text, int end) => Assert.Equal(end, HttpRequestHead.EndOf(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Any_bytes_are_a_request_or_refused() => Fuzz.Bytes([Encoding.ASCII.GetBytes(Prometheus), "GET http://a/b?c HTTP/1.0\n\n"u8.ToArray()], bytes =>
    {
        var end = HttpRequestHead.EndOf(bytes);
        Assert.InRange(end, -1, bytes.Length);
        var head = HttpRequestHead.Parse(bytes);
        Assert.True(head.Path == "*" || head.Path.StartsWith('/'));
    });
}
