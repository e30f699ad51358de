using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Guestclock.Json;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary>A journal as JSON.</summary>
internal static class JournalWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    public static byte[] Write(Journal journal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, journal);
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Write(Utf8JsonWriter json, Journal journal)
    {
        json.WriteStartObject();
        json.WriteString("schema", Journal.Schema);
        json.WriteString("id", journal.Id);
        json.WriteNumber("sequence", journal.Sequence);
        json.WriteString("startedAt", journal.StartedAt);
        json.WriteString("version", journal.Version);
        json.WriteString("tag", journal.Tag);
        json.WriteString("state", KebabName.Of(journal.State));
        json.WriteString("why", journal.Why);
        json.WriteBoolean("forced", journal.IsForced);
        json.WriteBoolean("filesAreBack", journal.FilesAreBack);
        Texts(json, "folders", journal.Folders);
        json.WriteStartArray("steps");
        foreach (var step in journal.Steps)
            Write(json, step);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JournalStep step)
    {
        json.WriteStartObject();
        json.WriteString("text", step.Text);
        json.WriteString("state", KebabName.Of(step.State));
        json.WriteString("why", step.Why);
        json.WriteBoolean("started", step.IsStarted);
        Write(json, step.Action);
        json.WriteStartArray("entries");
        foreach (var entry in step.Entries)
        {
            json.WriteStartObject();
            json.WriteString("path", entry.Path);
            State(json, "before", entry.Before);
            json.WriteString("content", entry.Content);
            State(json, "after", entry.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JournalAction? action)
    {
        if (action is null)
            return;
        json.WriteStartObject(JournalWords.Of(action));
        switch (action)
        {
            case ValueAction value:
                json.WriteString("path", value.Path);
                json.WriteString("before", value.Before);
                json.WriteString("after", value.After);
                break;
            case ModuleAction module:
                json.WriteString("name", module.Name);
                json.WriteBoolean("wasLoaded", module.WasLoaded);
                break;
            case ProgramAction program:
                json.WriteString("name", program.Program);
                if (program.Undo is { } undo)
                    Texts(json, "undo", undo);
                json.WriteNumber("limitS", program.LimitS);
                Texts(json, "folders", program.Folders);
                break;
            case DomainAction domain:
                json.WriteString("uri", domain.Uri);
                json.WriteString("name", domain.Name);
                json.WriteString("content", domain.Content);
                json.WriteString("before", domain.BeforeSha256);
                json.WriteString("after", domain.AfterSha256);
                break;
        }

        json.WriteEndObject();
    }

    private static void State(Utf8JsonWriter json, string name, EntryState? state)
    {
        if (state is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("kind", JournalWords.Of(state.Kind));
        if (state.Sha256 is not null)
            json.WriteString("sha256", state.Sha256);
        if (state.Target is not null)
            json.WriteString("target", state.Target);
        if (state.Details is { } details)
        {
            json.WriteString("mode", Convert.ToString(details.Mode, 8).PadLeft(4, '0'));
            json.WriteNumber("user", details.User);
            json.WriteNumber("group", details.Group);
            json.WriteString("accessed", Text(details.Accessed));
            json.WriteString("modified", Text(details.Modified));
            json.WriteStartObject("attributes");
            foreach (var (attribute, value) in details.Attributes)
                json.WriteBase64String(attribute, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Seconds since 1970 and nanoseconds.</summary>
    private static string Text(FileTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}.{time.Nanoseconds:D9}");

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
