using System.Globalization;
using System.Text.Json;
using Guestclock.Fixes.Runs;
using Guestclock.Formats;
using Guestclock.Json;
using Guestclock.Linux.Fixing.Files;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Journals;

/// <summary>Reads a journal; what it says is believed only where it has a meaning.</summary>
internal static class JournalReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 12 };

    /// <exception cref="MalformedInputException">It is not a journal of this form.</exception>
    public static Journal Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException
            or ArgumentException or FixEngineException)
        {
            throw new MalformedInputException(e.Message, e);
        }
    }

    private static Journal Read(JsonElement root)
    {
        var schema = Text(root, "schema");
        return schema != Journal.Schema ? throw new MalformedInputException("a journal", $"the schema {Journal.Schema}", $"'{schema}'") : new()
        {
            Id = Text(root, "id"),
            Sequence = Sequence(root.GetProperty("sequence").GetInt64()),
            StartedAt = root.GetProperty("startedAt").GetDateTimeOffset(),
            Version = Text(root, "version"),
            Tag = Tag(Text(root, "tag")),
            State = Word<RunState>(root, "state"),
            Why = Optional(root, "why"),
            IsForced = root.GetProperty("forced").GetBoolean(),
            FilesAreBack = root.GetProperty("filesAreBack").GetBoolean(),
            Folders = [.. Texts(root, "folders").Select(Path)],
            Steps = root.GetProperty("steps").GetArrayLength() <= Journal.MostSteps ? [.. root.GetProperty("steps").EnumerateArray().Select(Step)]
                : throw new FormatException($"more than {Journal.MostSteps} steps"),
        };
    }

    private static JournalStep Step(JsonElement step) => new()
    {
        Text = Text(step, "text"),
        State = Word<StepState>(step, "state"),
        Why = Optional(step, "why"),
        IsStarted = step.GetProperty("started").GetBoolean(),
        Action = IsKnown(step) ? Action(step) : throw new FormatException("a step of a kind that this version does not know"),
        Entries = [.. step.GetProperty("entries").EnumerateArray().Select(Entry)],
    };

    /// <summary>What a newer version did in a way of its own is not undone by undoing the rest; words that it adds do no harm.</summary>
    private static bool IsKnown(JsonElement step) =>
        step.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.Object).Select(p => p.Name).ToList() is var actions
        && (actions.Count == 0 ? step.GetProperty("entries").GetArrayLength() > 0 : actions.Count == 1 && JournalWords.IsAction(actions[0]));

    private static JournalAction? Action(JsonElement step)
    {
        if (step.TryGetProperty(JournalWords.Value, out var value))
            return new ValueAction(Path(Text(value, "path")), Text(value, "before"), Text(value, "after"));
        if (step.TryGetProperty(JournalWords.Module, out var module))
            return new ModuleAction(Text(module, "name"), module.GetProperty("wasLoaded").GetBoolean());
        if (step.TryGetProperty(JournalWords.Program, out var program))
        {
            var undo = program.TryGetProperty("undo", out _) ? Texts(program, "undo") : null;
            return new ProgramAction(Text(program, "name"), undo, program.GetProperty("limitS").GetInt32(), [.. Texts(program, "folders").Select(Path)]);
        }

        return step.TryGetProperty(JournalWords.Domain, out var domain)
            ? new DomainAction(Text(domain, "uri"), Text(domain, "name"), Content(Text(domain, "content")), Text(domain, "before"), Optional(domain, "after"))
            : null;
    }

    private static JournalEntry Entry(JsonElement entry)
    {
        var before = State(entry.GetProperty("before"));
        var content = Optional(entry, "content");
        return before.Kind == EntryKind.File != content is not null
            ? throw new FormatException("an old content is missing, or there is one too many")
            : new(Path(Text(entry, "path")), before, content is null ? null : Content(content),
                entry.GetProperty("after") is { ValueKind: JsonValueKind.Object } after ? State(after) : null);
    }

    private static EntryState State(JsonElement state)
    {
        var kind = JournalWords.Kind(Text(state, "kind"));
        return new()
        {
            Kind = kind,
            Sha256 = kind == EntryKind.File ? Text(state, "sha256") : null,
            Target = kind == EntryKind.Link ? Target(Text(state, "target")) : null,
            Details = state.TryGetProperty("mode", out var mode) ? Details(state, mode) : null,
        };
    }

    private static EntryDetails Details(JsonElement state, JsonElement mode)
    {
        var attributes = state.GetProperty("attributes").EnumerateObject().ToDictionary(a => a.Name, a => a.Value.GetBytesFromBase64(), StringComparer.Ordinal);
        var octal = mode.GetString() ?? throw new FormatException("no mode");
        return new(Convert.ToUInt32(octal, 8) & 0xFFF, state.GetProperty("user").GetUInt32(), state.GetProperty("group").GetUInt32(),
            Time(Text(state, "accessed")), Time(Text(state, "modified")), attributes);
    }

    private static FileTime Time(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? throw new FormatException($"'{text}' is no time of a file")
            : new(long.Parse(text.AsSpan(0, dot), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                uint.Parse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static long Sequence(long number) =>
        number is > 0 and < Journal.MostSequence ? number : throw new FormatException($"{number} is no number of a run");

    private static string Target(string target) =>
        target.Length > 0 && !target.Contains('\0', StringComparison.Ordinal) ? target : throw new FormatException("a link to nothing");

    private static string Path(string path)
    {
        _ = StepPath.Of(path);
        return path;
    }

    private static string Content(string name) =>
        name.StartsWith("old-", StringComparison.Ordinal) && name.Length < 20 && name.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0 ? name
            : throw new FormatException($"'{name}' names no old content");

    private static string Tag(string tag) =>
        tag.Length == 16 && tag.All(char.IsAsciiHexDigitLower) ? tag : throw new FormatException($"'{tag}' is no tag");

    private static T Word<T>(JsonElement element, string name)
        where T : struct, Enum =>
        KebabName.Find<T>(Text(element, name)) ?? throw new FormatException($"'{Text(element, name)}' is no {name}");

    private static string Text(JsonElement element, string name) => Optional(element, name) ?? throw new FormatException($"no {name}");

    private static string? Optional(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static List<string> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString() ?? throw new FormatException($"no text in {name}"))];
}
