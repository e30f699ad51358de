namespace Guestclock.Protocols.Ntp;

/// <summary>Why a server answers with stratum 0 instead of the time (RFC 5905 section 7.4; NTSN: RFC 8915).</summary>
public static class NtpKissCode
{
    /// <summary>One sentence without a full stop.</summary>
    public static string Sentence(string code) => code switch
    {
        "00000000" => "the server is not synchronised itself (stratum 0)",
        "DENY" => "the server denies service to this client (kiss code DENY)",
        "RSTR" => "the server restricts access by its policy (kiss code RSTR)",
        "RATE" => "the server is asked too often by this address (kiss code RATE)",
        "INIT" => "the server has not synchronised yet since its start (kiss code INIT)",
        "STEP" => "the server has just stepped its clock and is not synchronised (kiss code STEP)",
        "AUTH" => "the server could not authenticate the question (kiss code AUTH)",
        "AUTO" => "the server's Autokey failed (kiss code AUTO)",
        "CRYP" => "the server's cryptographic check failed (kiss code CRYP)",
        "NKEY" => "the server does not know the key (kiss code NKEY)",
        "NTSN" => "the server cannot verify the NTS cookie (kiss code NTSN)",
        "DROP" => "the server has lost its peer (kiss code DROP)",
        "RMOT" => "somebody changes the server from afar (kiss code RMOT)",
        "ACST" or "BCST" or "MCST" => $"the server belongs to an anycast, broadcast or multicast service (kiss code {code})",
        _ => $"the server sends no time (stratum 0, kiss code {code})",
    };
}
