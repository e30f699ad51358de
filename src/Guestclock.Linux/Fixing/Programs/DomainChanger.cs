using System.Text;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Changes definitions of domains, each only from what it was thought to be.</summary>
internal sealed class DomainChanger(IDomainDefinitions domains, ChangeCalls calls)
{
    public string Read(string uri, string name) => domains.Read(uri, name);

    public static string Hash(string xml) => Sha256.Of(Encoding.UTF8.GetBytes(xml));

    /// <summary>Replaces it, and returns the hash of what libvirt made of it.</summary>
    public string Replace(string uri, string name, string before, string after) =>
        calls.Other("define", $"domain {name}", () => Hash(domains.Replace(uri, name, before, after)));
}
