using System.Globalization;
using System.Text;

namespace Guestclock.Linux.Serving;

/// <summary>One answer over HTTP.</summary>
/// <param name="Status">Its code, RFC 9110 section 15.</param>
/// <param name="ContentType">The media type, with its parameters.</param>
public sealed record HttpAnswer(int Status, string ContentType, string Body)
{
    /// <summary>The text format of Prometheus, version 0.0.4.</summary>
    public const string Metrics = "text/plain; version=0.0.4; charset=utf-8";

    public const string PlainText = "text/plain; charset=utf-8";

    public static HttpAnswer Text(int status, string sentence) => new(status, PlainText, sentence + "\n");

    /// <param name="isHead">The request was HEAD: the head is that of GET, and there is no body.</param>
    internal byte[] ToBytes(bool isHead)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            HTTP/1.1 {Status} {Reason}
            Content-Type: {ContentType}
            Content-Length: {body.Length}
            Cache-Control: no-store
            X-Content-Type-Options: nosniff
            {(Status == 405 ? "Allow: GET, HEAD\n" : "")}Connection: close


            """).ReplaceLineEndings("\r\n"));
        return isHead ? head : [.. head, .. body];
    }

    private string Reason => Status switch
    {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Answer",
    };
}
