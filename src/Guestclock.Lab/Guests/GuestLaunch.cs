namespace Guestclock.Lab.Guests;

/// <summary>How a guest is run, other than what it is made of.</summary>
public sealed record GuestLaunch
{
    /// <summary>An existing folder for its sockets, image and console, which is left there; null: a temporary one.</summary>
    public string? Folder { get; init; }

    public Accelerator Accelerator { get; init; } = Accelerator.Emulation;

    /// <summary>Variables for QEMU's environment, each as <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Told what takes long, in a few words.</summary>
    public IProgress<string>? Progress { get; init; }
}
