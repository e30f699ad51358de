using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Guestclock.Linux.Serving;

namespace Guestclock.Linux.Tests.Serving;

public class HttpResponderTests
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK", "x 1\n")]
    [InlineData("HEAD /metrics HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK", "")]
    [InlineData("GET /other HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found", "there is no such page\n")]
    [InlineData("POST /metrics HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 405 Method Not Allowed", "only GET and HEAD are answered here\n")]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request", null)]
    public async Task Each_request_has_its_answer(string request, string status, string? body)
    {
        await using var responder = Start();
        var answer = await AskAsync(responder.Address, request);
        Assert.StartsWith(status + "\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        if (body is not null)
            Assert.Equal(body, answer.Split("\r\n\r\n")[1]);
        if (status.Contains("405", StringComparison.Ordinal))
            Assert.Contains("\r\nAllow: GET, HEAD\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_client_reads_the_page_with_its_type()
    {
        await using var responder = Start();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://{responder.Address}/metrics"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("x 1\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_head_that_is_too_long_is_refused_and_the_client_hears_it()
    {
        await using var responder = Start();
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync(responder.Address, "GET / HTTP/1.1\r\nX: " + new string('x', 20_000) + "\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_dawdle_are_cut_off_and_keep_nobody_out()
    {
        await using var responder = Start(new(16, TimeSpan.FromSeconds(1)));
        var idle = new List<Socket>();
        for (var i = 0; i < 40; i++)
        {
            idle.Add(await ConnectAsync(responder.Address));
            await idle[i].SendAsync("GET /met"u8.ToArray());
        }

        var started = Stopwatch.GetTimestamp();
        Assert.EndsWith("x 1\n", await AskAsync(responder.Address, "GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 0.9);
        foreach (var client in idle)
        {
            using (client)
                Assert.True(await IsClosedAsync(client));
        }
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off()
    {
        var page = new HttpAnswer(200, HttpAnswer.PlainText, new string('x', 50 << 20));
        await using var responder = HttpResponder.Start(Anywhere, _ => page, new(16, TimeSpan.FromMilliseconds(500)));
        using var client = await ConnectAsync(responder.Address);
        await client.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await Task.Delay(900);
        var buffer = new byte[1 << 20];
        var all = 0L;
        try
        {
            for (int got; (got = await client.ReceiveAsync(buffer)) > 0;)
                all += got;
        }
        catch (SocketException)
        {
            // A reset is also an end.
        }

        Assert.InRange(all, 0, 49 << 20);
    }

    [Fact]
    public async Task A_thousand_connections_that_close_early_do_no_harm()
    {
        await using var responder = Start();
        for (var i = 0; i < 1000; i++)
        {
            using var client = await ConnectAsync(responder.Address);
            if (i % 3 == 0)
                await client.SendAsync(i % 2 == 0 ? "GET /metrics HTTP/1.1\r\n\r\n"u8.ToArray() : "\0\xFF\n\n"u8.ToArray());
            if (i % 5 == 0)
                client.LingerState = new(true, 0);
        }

        Assert.EndsWith("x 1\n", await AskAsync(responder.Address, "GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        await using var first = Start();
        var refusal = Assert.Throws<ServingException>(() => HttpResponder.Start(first.Address, _ => null));
        Assert.Equal($"cannot listen on {first.Address}: another program uses the port; choose another with --listen", refusal.Message);
        Assert.Contains("does not have that address", Assert.Throws<ServingException>(() => HttpResponder.Start(new(IPAddress.Parse("192.0.2.1"), 0), _ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IPv6_is_served_too()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Skip("this machine has no IPv6");
        await using var responder = HttpResponder.Start(new(IPAddress.IPv6Loopback, 0), _ => HttpAnswer.Text(200, "six"));
        Assert.EndsWith("six\n", await AskAsync(responder.Address, "GET / HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:9877", "127.0.0.1:9877")]
    [InlineData("[::1]:9877", "[::1]:9877")]
    [InlineData("localhost:1", "127.0.0.1:1")]
    [InlineData(":9877", "[::]:9877")]
    [InlineData("*:0", "[::]:0")]
    [InlineData("9877", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.1:9877", null)]
    [InlineData("::1:9877", null)]
    [InlineData("[127.0.0.1]:9877", null)]
    [InlineData("127.0.0.1:65536", null)]
    [InlineData("127.0.0.1:-1", null)]
    [InlineData("example.org:80", null)]
    [InlineData("", null)]
    public void Addresses_are_read_as_people_write_them(string text, string? address) =>
        Assert.Equal(address, SocketAddressText.TryParse(text, out var read) ? read.ToString() : null);

    private static HttpResponder Start(ConnectionLimits? limits = null) =>
        HttpResponder.Start(Anywhere, path => path == "/metrics" ? new(200, HttpAnswer.Metrics, "x 1\n") : null, limits);

    private static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        await client.ConnectAsync(address);
        return client;
    }

    private static async Task<string> AskAsync(IPEndPoint address, string request)
    {
        using var client = await ConnectAsync(address);
        await client.SendAsync(Encoding.Latin1.GetBytes(request));
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        for (int got; (got = await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(10))) > 0;)
            all.Write(buffer, 0, got);
        return Encoding.UTF8.GetString(all.ToArray());
    }

    private static async Task<bool> IsClosedAsync(Socket client)
    {
        try
        {
            return await client.ReceiveAsync(new byte[1]).WaitAsync(TimeSpan.FromSeconds(5)) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
