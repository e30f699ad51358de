using System.Security.Cryptography;
using System.Text;
using Guestclock.Lab.Hosts;

namespace Guestclock.Lab.Packages;

/// <summary>Debian packages with all they depend on, unpacked into a folder of the cache and never installed.</summary>
/// <param name="Name">Names the folder.</param>
/// <param name="Suites">The suites of the archive to take them from; the last one is preferred.</param>
/// <param name="Packages">What is wanted; what that depends on comes along.</param>
internal sealed record PackageTree(string Name, IReadOnlyList<string> Suites, IReadOnlyList<string> Packages)
{
    private static readonly TimeSpan UpdateLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DownloadLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UnpackLimit = TimeSpan.FromMinutes(3);

    /// <summary>Fetches and unpacks the packages the first time; afterwards needs no network.</summary>
    /// <param name="progress">Told what takes long, in a few words.</param>
    /// <returns>The root of the unpacked tree.</returns>
    /// <exception cref="LabException">They cannot be fetched.</exception>
    public async Task<string> GetAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var recipe = string.Join('\n', [.. Suites, .. Packages, LabScript.Unpack]);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipe)))[..12];
        return await LabCache.FolderAsync($"{Name}-{key}", root => BuildAsync(root, progress, cancellationToken), cancellationToken);
    }

    private async Task BuildAsync(string root, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var apt = root + ".apt";
        try
        {
            var options = Configure(apt);
            var purpose = $"fetching the Debian packages of {Name}";
            progress?.Report(purpose + ", which takes minutes and is done once");
            await HostCommand.RunAsync(purpose, "apt-get", [.. options, "update"], UpdateLimit, cancellationToken);
            string[] install = ["install", "--download-only", "--yes", "--target-release", Suites[^1], .. Packages];
            await HostCommand.RunAsync(purpose, "apt-get", [.. options, .. install], DownloadLimit, cancellationToken);
            await HostCommand.RunAsync(
                $"unpacking {Name}", "/bin/sh", ["-c", LabScript.Unpack, "unpack", Path.Combine(apt, "cache", "archives"), root], UnpackLimit, cancellationToken);
        }
        finally
        {
            if (Directory.Exists(apt))
                Directory.Delete(apt, recursive: true);
        }
    }

    /// <summary>Options that give apt a world of its own, so that this machine's sources, lists and packages stay as they are.</summary>
    private string[] Configure(string apt)
    {
        foreach (var folder in (string[])["lists/partial", "cache/archives/partial", "none"])
            Directory.CreateDirectory(Path.Combine(apt, folder));
        var status = Path.Combine(apt, "status");
        File.WriteAllText(status, "");
        var sources = Path.Combine(apt, "sources.list");
        var mirror = DebianMirror.FindUrl();
        File.WriteAllLines(sources, Suites.Select(suite =>
            $"deb [arch=amd64 target=Packages lang=none signed-by={DebianMirror.Keyring}] {mirror} {suite} main"));
        return
        [
            "-qq",
            "-oAPT::Update::Error-Mode=any",
            "-oAPT::Architecture=amd64",
            "-oAPT::Install-Recommends=false",
            "-oAPT::Sandbox::User=" + Environment.UserName,
            "-oDir::Etc::sourcelist=" + sources,
            "-oDir::Etc::sourceparts=" + Path.Combine(apt, "none"),
            "-oDir::Etc::preferences=" + Path.Combine(apt, "none", "preferences"),
            "-oDir::Etc::preferencesparts=" + Path.Combine(apt, "none"),
            "-oDir::State=" + apt,
            "-oDir::State::lists=" + Path.Combine(apt, "lists"),
            "-oDir::State::status=" + status,
            "-oDir::Cache=" + Path.Combine(apt, "cache"),
        ];
    }
}
