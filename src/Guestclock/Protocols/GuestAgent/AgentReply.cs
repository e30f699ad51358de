using System.Text.Json;
using Guestclock.Formats;

namespace Guestclock.Protocols.GuestAgent;

/// <summary>One answer of an agent: a JSON object with <c>return</c> or <c>error</c>. Everything in it comes from the guest.</summary>
public sealed record AgentReply
{
    private const int LongestText = 500;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    private AgentReply()
    {
    }

    /// <summary>What was returned, if that is a whole number of 64 bits.</summary>
    public long? Number { get; private init; }

    /// <summary>What was returned, if that is a text.</summary>
    public string? Text { get; private init; }

    /// <summary>The refusal; null when the command was carried out.</summary>
    public AgentError? Error { get; private init; }

    /// <exception cref="MalformedInputException">It is no answer of a guest agent.</exception>
    public static AgentReply Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw Wrong("a JSON object", json);
            AgentReply? reply = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("QMP"))
                    throw new MalformedInputException("this is a QMP socket, not the socket of a guest agent");
                var isReturn = reader.ValueTextEquals("return");
                var isError = reader.ValueTextEquals("error");
                reader.Read();
                if (isReturn)
                    reply = Returned(ref reader);
                else if (isError)
                    reply = new() { Error = ErrorOf(ref reader, json) };
                else
                    reader.Skip();
            }

            while (reader.Read())
            {
                // What follows the object is refused by the reader.
            }

            return reply ?? throw Wrong("\"return\" or \"error\"", json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong("JSON", json);
        }
    }

    private static AgentReply Returned(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return new() { Number = reader.TryGetInt64(out var number) ? number : null };
            case JsonTokenType.String:
                return new() { Text = Cut(reader.GetString()) };
            default:
                reader.Skip();
                return new();
        }
    }

    private static AgentError ErrorOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Wrong("an error with class and desc", json);
        var (name, description) = ("", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isClass = reader.ValueTextEquals("class");
            var isDescription = reader.ValueTextEquals("desc");
            reader.Read();
            var text = reader.TokenType == JsonTokenType.String && (isClass || isDescription) ? Cut(reader.GetString()) : "";
            if (isClass)
                name = text;
            else if (isDescription)
                description = text;
            reader.Skip();
        }

        return new(name, description);
    }

    private static string Cut(string? text) => text is null ? "" : text.Length <= LongestText ? text : text[..LongestText] + "…";

    private static MalformedInputException Wrong(string expected, ReadOnlySpan<byte> json) =>
        new("answer of the guest agent", expected, System.Text.Encoding.UTF8.GetString(json[..Math.Min(json.Length, 200)]));
}
