using Guestclock.Fixes.Steps;

namespace Guestclock.Linux.Fixing.Applying;

/// <summary>A step in a few words, as records show it.</summary>
internal static class StepText
{
    public static string Of(FixStep step) => step switch
    {
        FileStep file => file.Path,
        LinkStep link => link.Path,
        ValueStep value => $"{value.Path} = {value.After}",
        ModuleStep module => $"load {module.Name}",
        ProgramStep program => $"run {program.Line}",
        DomainStep domain => $"domain {domain.Name}",
        _ => step.Key,
    };
}
