using System.Text;
using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>Replaces what stands at a name in one step: written beside, synced, compared with what was seen, renamed, synced, read back.</summary>
/// <param name="tag">Of the run, so that what a killed one has left beside is known.</param>
internal sealed class EntryWriter(ChangeCalls calls, string tag)
{
    private const uint Private = 0x180;
    private const int MostNameBytes = 200;

    /// <summary>The name beside: hidden, and nobody else's.</summary>
    public string Beside(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MostNameBytes)
            name = name[..^1];
        return $".{name}.guestclock-{tag}";
    }

    /// <param name="wanted">Without details: a new file's own.</param>
    /// <param name="content">Of a file.</param>
    /// <param name="seen">What has to stand there still.</param>
    /// <param name="withTimes">The timestamps are put back too.</param>
    /// <param name="atOnce">Called right before what stands there is replaced; until then all is as it was.</param>
    /// <exception cref="FixEngineException">It failed, and nothing is beside any more, or it is to be removed with <see cref="RemoveBeside"/>.</exception>
    public void Put(Folder folder, string name, EntryState wanted, byte[]? content, EntryState seen, bool withTimes, Action? atOnce = null)
    {
        if (wanted.Kind is { } kind)
        {
            var beside = Beside(name);
            if (kind == EntryKind.Link)
                MakeLink(folder, beside, wanted, withTimes);
            else
                WriteFile(folder, beside, folder.At(name), wanted, content!, withTimes);
            Compare(folder, name, seen);
            atOnce?.Invoke();
            calls.Rename(folder, beside, name);
        }
        else
        {
            Compare(folder, name, seen);
            atOnce?.Invoke();
            calls.Remove(folder, name);
        }

        calls.Sync(folder);
        var now = Entry.Look(folder, name);
        if (!now.State.HasContentOf(wanted) || (content is not null && !now.Content.AsSpan().SequenceEqual(content)))
            throw new FixEngineException($"{folder.At(name)} was written, but reads otherwise: look at the disk");
    }

    /// <summary>Removes what a run that failed or was killed has left beside a name.</summary>
    public void RemoveBeside(Folder folder, string name)
    {
        if (FileStatus.Get(folder.Descriptor, Beside(name), followLinks: false, out _) == Errno.NoEntry)
            return;
        calls.Remove(folder, Beside(name));
        calls.Sync(folder);
    }

    private static void Compare(Folder folder, string name, EntryState seen)
    {
        var now = Entry.Look(folder, name).State;
        if (!now.HasContentOf(seen) || (seen.Details is { } was && now.Details is { } has && (was.Mode, was.User, was.Group) != (has.Mode, has.User, has.Group)))
            throw new FixEngineException($"{folder.At(name)} was changed by somebody else meanwhile");
    }

    private void MakeLink(Folder folder, string beside, EntryState wanted, bool withTimes)
    {
        calls.MakeLink(folder, beside, wanted.Target!);
        if (wanted.Details is not { } details)
        {
            Labels.OfLinkFromFolder(folder, beside, calls);
            return;
        }

        var errno = FileDetails.Get(folder.Descriptor, beside, out var now);
        if (errno != 0)
            throw Problem.Of(errno, "look at", folder.At(beside));
        if ((now.User, now.Group) != (details.User, details.Group))
            calls.SetLinkOwner(folder, beside, details.User, details.Group);
        var has = Attributes.OfLink(folder, beside);
        foreach (var (attribute, value) in details.Attributes)
        {
            if (!Attributes.IsOfContent(attribute) && !(has.TryGetValue(attribute, out var old) && old.AsSpan().SequenceEqual(value)))
                calls.SetLinkAttribute(folder, beside, attribute, value);
        }

        if (withTimes)
            calls.SetLinkTimes(folder, beside, details.Accessed, details.Modified);
    }

    private void WriteFile(Folder folder, string beside, string path, EntryState wanted, byte[] content, bool withTimes)
    {
        var descriptor = calls.Create(folder, beside, Private);
        try
        {
            calls.Write(descriptor, content, path);
            if (wanted.Details is { } details)
            {
                Dress(descriptor, path, details);
                if (withTimes)
                    calls.SetTimes(descriptor, details.Accessed, details.Modified, path);
            }
            else
            {
                Labels.FromFolder(folder, descriptor, path, calls);
                SetMode(descriptor, path, FileStep.NewMode);
            }

            calls.Sync(descriptor, path);
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    /// <summary>Owner, attributes, mode, in this order: a new owner takes set-user-id bits and capabilities away, an access list sets bits of the mode.</summary>
    private void Dress(int descriptor, string path, EntryDetails details)
    {
        var errno = FileDetails.Get(descriptor, "", out var now);
        if (errno != 0)
            throw Problem.Of(errno, "look at", path);
        if ((now.User, now.Group) != (details.User, details.Group))
            calls.SetOwner(descriptor, details.User, details.Group, path);
        var has = Attributes.OfFile(descriptor, path);
        foreach (var (name, value) in details.Attributes)
        {
            if (!Attributes.IsOfContent(name) && !(has.TryGetValue(name, out var old) && old.AsSpan().SequenceEqual(value)))
                calls.SetAttribute(descriptor, name, value, path);
        }

        // A folder's default access list comes with a new file.
        if (has.ContainsKey(Attributes.AccessList) && !details.Attributes.ContainsKey(Attributes.AccessList))
            calls.RemoveAttribute(descriptor, Attributes.AccessList, path);
        SetMode(descriptor, path, details.Mode);
    }

    private void SetMode(int descriptor, string path, uint mode)
    {
        if (FileDetails.Get(descriptor, "", out var now) != 0 || now.Mode != mode)
            calls.SetMode(descriptor, mode, path);
    }
}
