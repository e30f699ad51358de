using Guestclock.Fixes.Steps;
using Guestclock.Linux.Fixing.Files;

namespace Guestclock.Linux.Tests.Fixing.Engine;

/// <summary>Nothing is half-written: each name holds what it held before the run, or what the plan says.</summary>
internal static class OldOrNew
{
    public static void Assert(Scenario scenario, Workbench bench, SortedDictionary<string, EntryState> old)
    {
        var now = bench.States();
        foreach (var step in scenario.Plan.Steps)
        {
            var (path, wanted) = step switch
            {
                FileStep file => (file.Path, EntryState.File(Sha256.Of(file.After))),
                LinkStep { After: { } target } link => (link.Path, EntryState.Link(target)),
                LinkStep link => (link.Path, EntryState.Absent),
                _ => ("", EntryState.Absent),
            };
            if (path.Length == 0)
                continue;
            var (before, after) = (old.GetValueOrDefault(path, EntryState.Absent), now.GetValueOrDefault(path, EntryState.Absent));
            Xunit.Assert.True(after.HasContentOf(before) ? before.Kind is null || after.Equals(before) : after.HasContentOf(wanted), $"{path} is {after}");
        }

        var touched = scenario.Plan.Steps.Select(s => s.Key["file ".Length..]).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, state) in old.Where(o => !touched.Contains(o.Key) && o.Key != "/boot/grub/grub.cfg"))
            Xunit.Assert.Equal(state, now[path]);
    }
}
