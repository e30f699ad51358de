using System.Text;
using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Fixing.Files;

namespace Guestclock.Linux.Fixing.Programs;

/// <summary>Changes definitions of domains, each only from what it was thought to be.</summary>
internal sealed class DomainChanger(IDomainDefinitions domains, ChangeCalls calls)
{
    /// <summary>The definition's hash, as libvirt writes it.</summary>
    public string Hash(string uri, string name) => Sha256.Of(Encoding.UTF8.GetBytes(domains.Read(uri, name)));

    /// <summary>Defines it, and returns the hash of what libvirt made of it.</summary>
    public string Define(string uri, string name, string xml)
    {
        calls.Other("define", $"domain {name}", () =>
        {
            domains.Define(uri, xml);
            return true;
        });
        return Hash(uri, name);
    }
}
